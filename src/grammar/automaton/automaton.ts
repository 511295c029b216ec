/** A pushdown automaton over bytes, as plain arrays: it can be posted to another thread.
 *
 * States have edges on a byte range, silent edges, and calls: a call pushes the state to return to and goes on at the
 * start of a rule, whose accepting states pop it. Counted strings would need a copy of their states for each character,
 * so they are *virtual*: ids from {@link FIRST_VIRTUAL} on stand for (counted string, number of characters, state of the
 * character), computed from one template of a character. */
export interface Automaton {
  readonly root: number;
  /** The edges of state s are those from `edgeStarts[s]` to `edgeStarts[s + 1]`. */
  readonly edgeStarts: Int32Array;
  /** What an edge takes: `lo | hi << 8`, or {@link SILENT}, or {@link CALL}. */
  readonly edgeLabels: Int32Array;
  /** Where it leads; for a call, the start of the rule. */
  readonly edgeTargets: Float64Array;
  /** For a call, the state to return to. */
  readonly edgeReturns: Int32Array;
  readonly isAccepting: Uint8Array;
  /** Least number of bytes from a state to an accepting one of its rule; Infinity where there is no way. */
  readonly distances: Float64Array;
  readonly character: CharacterTemplate;
  readonly countedStrings: readonly CountedString[];
}

/** The states `start` to `start + size - 1` read one character; reaching `end` completes it. */
export interface CharacterTemplate {
  readonly start: number;
  readonly size: number;
  readonly end: number;
  /** Reached after the last character: reads what closes the string. */
  readonly exit: number;
}

interface CountedString {
  readonly firstState: number;
  readonly min: number;
  /** Infinity where there is no bound: the count then stays at `min`. */
  readonly max: number;
}

export const SILENT = 1 << 16;
export const CALL = 1 << 17;
export const FIRST_VIRTUAL = 2 ** 30;

/** A state of a counted string, taken apart. */
export interface VirtualState {
  readonly string: CountedString;
  readonly count: number;
  /** 0 between characters. */
  readonly offset: number;
}

export function virtualState(automaton: Automaton, state: number): VirtualState {
  const { countedStrings, character } = automaton;
  let low = 0;
  for (let high = countedStrings.length - 1; low < high; ) {
    const middle = (low + high + 1) >> 1;
    if (countedStrings[middle]!.firstState <= state) low = middle;
    else high = middle - 1;
  }
  const string = countedStrings[low]!;
  const relative = state - string.firstState;
  return { string, count: Math.floor(relative / character.size), offset: relative % character.size };
}

/** The state after a target of the template is reached with so many characters complete. */
export function virtualTarget(automaton: Automaton, { string, count }: VirtualState, target: number): number {
  const { start, size, end } = automaton.character;
  const isComplete = target === end;
  const characters = isComplete ? (string.max === Infinity ? Math.min(count + 1, string.min) : count + 1) : count;
  return string.firstState + characters * size + (isComplete ? 0 : target - start);
}

/** Least number of bytes from a state to the end of its rule. */
export function distanceOf(automaton: Automaton, state: number): number {
  if (state < FIRST_VIRTUAL) return automaton.distances[state]!;
  const { string, count, offset } = virtualState(automaton, state);
  const { start, exit } = automaton.character;
  const numStarted = offset === 0 ? count : count + 1;
  if (numStarted > string.max) return Infinity;
  const rest = offset === 0 ? 0 : automaton.distances[start + offset]!;
  return rest + Math.max(0, string.min - numStarted) + automaton.distances[exit]!;
}
