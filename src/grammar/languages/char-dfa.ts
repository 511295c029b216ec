import { ParlanceError } from '../../errors/errors.ts';
import { CharNfa } from './char-nfa.ts';
import { type CodePointSet, SCALAR_VALUES } from './code-point-set.ts';
import { choice, EMPTY, type Regex, repeat, sequence, setOf, TEXT_END, TEXT_START } from './regex.ts';

/** Bounds on what one pattern may cost: a determinisation can be exponential in its size. */
const MAX_STATES = 20_000;
const MAX_WORK = 4_000_000;

/** A deterministic automaton over code points, grouped into classes that no edge tells apart.
 * Class i starts at `bounds[i]` and ends before `bounds[i + 1]`; the last ends with Unicode. State 0 is the start. */
export interface CharDfa {
  readonly bounds: readonly number[];
  /** [state × class] → state, -1 where the text is refused. */
  readonly next: readonly Int32Array[];
  readonly accepting: readonly boolean[];
}

/** @throws validation naming `param` when the automaton would be too large */
function tooComplex(param: string): ParlanceError {
  return new ParlanceError('validation', `${param} is too complex: its automaton has more than ${MAX_STATES} states`, {
    param,
  });
}

/** Texts that match as a whole. */
export function matchWhole(regex: Regex, param: string): CharDfa {
  const edge = (marker: number) => choice(EMPTY, setOf([marker, marker]));
  return determinize(sequence(edge(TEXT_START), regex, edge(TEXT_END)), param);
}

/** Texts that have a match somewhere, as JSON Schema's `pattern` means it. */
export function matchSomewhere(regex: Regex, param: string): CharDfa {
  const before = sequence(repeat(setOf([TEXT_START, TEXT_START]), 0, 1), repeat(setOf(SCALAR_VALUES), 0, Infinity));
  const after = sequence(repeat(setOf(SCALAR_VALUES), 0, Infinity), repeat(setOf([TEXT_END, TEXT_END]), 0, 1));
  return determinize(sequence(choice(EMPTY, before), regex, choice(EMPTY, after)), param);
}

/** Texts of so many characters. */
export function ofLength(min: number, max: number, param: string): CharDfa {
  return matchWhole(repeat(setOf(SCALAR_VALUES), min, max), param);
}

/** Subset construction over the text with both edges marked, which are then folded into start and acceptance. */
function determinize(regex: Regex, param: string): CharDfa {
  const nfa = new CharNfa(regex, () => tooComplex(param));
  const bounds = nfa.bounds();
  const numClasses = bounds.indexOf(TEXT_START);
  const ids = new Map<string, number>();
  const subsets: Int32Array[] = [];
  const next: Int32Array[] = [];
  let work = 0;
  const intern = (subset: Int32Array): number => {
    if (subset.length === 0) return -1;
    const key = subset.join();
    const known = ids.get(key);
    if (known !== undefined) return known;
    work += subset.length;
    if (subsets.length >= MAX_STATES || work > MAX_WORK) throw tooComplex(param);
    ids.set(key, subsets.length);
    subsets.push(subset);
    return subsets.length - 1;
  };
  intern(nfa.step(nfa.closure([nfa.start]), TEXT_START));
  for (let state = 0; state < subsets.length; state++) {
    const row = new Int32Array(numClasses);
    for (let index = 0; index < numClasses; index++) row[index] = intern(nfa.step(subsets[state]!, bounds[index]!));
    work += numClasses;
    next.push(row);
  }
  const accepting = subsets.map((subset) => nfa.step(subset, TEXT_END).includes(nfa.end));
  if (subsets.length === 0) return { bounds: [0], next: [new Int32Array([-1])], accepting: [false] };
  return { bounds: bounds.slice(0, numClasses), next, accepting };
}

/** Texts for which `accepts` says so, given whether a and b accept them; a text that an automaton refused early stays in its -1. */
export function combine(a: CharDfa, b: CharDfa, accepts: (a: boolean, b: boolean) => boolean, param: string): CharDfa {
  const bounds = [...new Set([...a.bounds, ...b.bounds])].sort((x, y) => x - y);
  const classesOfA = classIndexes(a, bounds);
  const classesOfB = classIndexes(b, bounds);
  const ids = new Map<number, number>();
  const pairs: [number, number][] = [];
  const intern = (left: number, right: number): number => {
    const isHopeless = !accepts(left >= 0, right >= 0) && !accepts(left >= 0, false) && !accepts(false, right >= 0);
    if (isHopeless) return -1;
    const key = (left + 1) * (b.next.length + 1) + right + 1;
    const known = ids.get(key);
    if (known !== undefined) return known;
    if (pairs.length >= MAX_STATES) throw tooComplex(param);
    ids.set(key, pairs.length);
    pairs.push([left, right]);
    return pairs.length - 1;
  };
  const next: Int32Array[] = [];
  intern(0, 0);
  for (let state = 0; state < pairs.length; state++) {
    const [left, right] = pairs[state]!;
    const row = new Int32Array(bounds.length);
    for (let index = 0; index < bounds.length; index++) {
      const nextLeft = left < 0 ? -1 : a.next[left]![classesOfA[index]!]!;
      const nextRight = right < 0 ? -1 : b.next[right]![classesOfB[index]!]!;
      row[index] = intern(nextLeft, nextRight);
    }
    next.push(row);
  }
  const accepting = pairs.map(([left, right]) =>
    accepts(left >= 0 && a.accepting[left]!, right >= 0 && b.accepting[right]!),
  );
  return withoutDeadStates({ bounds, next, accepting });
}

export const intersection = (a: CharDfa, b: CharDfa, param: string) => combine(a, b, (x, y) => x && y, param);
export const difference = (a: CharDfa, b: CharDfa, param: string) => combine(a, b, (x, y) => x && !y, param);

function classIndexes(dfa: CharDfa, bounds: readonly number[]): number[] {
  let index = 0;
  return bounds.map((bound) => {
    while (index + 1 < dfa.bounds.length && dfa.bounds[index + 1]! <= bound) index++;
    return index;
  });
}

/** Edges into states from which no text is accepted become -1, so that emptiness is visible and products stay small. */
function withoutDeadStates(dfa: CharDfa): CharDfa {
  const sources: number[][] = dfa.next.map(() => []);
  for (const [state, row] of dfa.next.entries())
    for (const target of row) if (target >= 0) sources[target]!.push(state);
  const isAlive = [...dfa.accepting];
  const pending = isAlive.flatMap((alive, state) => (alive ? [state] : []));
  for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
    for (const source of sources[state]!) {
      if (isAlive[source]) continue;
      isAlive[source] = true;
      pending.push(source);
    }
  }
  const next = dfa.next.map((row) => row.map((target) => (target >= 0 && isAlive[target] ? target : -1)));
  return { ...dfa, next };
}

export function isEmpty(dfa: CharDfa): boolean {
  const { accepting, next } = withoutDeadStates(dfa);
  return !accepting[0] && next[0]!.every((target) => target < 0);
}

export function accepts(dfa: CharDfa, text: string): boolean {
  let state = 0;
  for (const character of text) {
    const [index] = classIndexes(dfa, [character.codePointAt(0)!]);
    state = dfa.next[state]![index!]!;
    if (state < 0) return false;
  }
  return dfa.accepting[state]!;
}

/** The edges of a state, one for each target, with the code points that lead there. */
export function edgesOf(dfa: CharDfa, state: number): Map<number, CodePointSet> {
  const edges = new Map<number, number[]>();
  for (const [index, target] of dfa.next[state]!.entries()) {
    if (target < 0) continue;
    const ranges = edges.get(target) ?? [];
    edges.set(target, ranges);
    const end = (dfa.bounds[index + 1] ?? 0x110000) - 1;
    if (ranges.at(-1) === dfa.bounds[index]! - 1) ranges[ranges.length - 1] = end;
    else ranges.push(dfa.bounds[index]!, end);
  }
  return edges;
}
