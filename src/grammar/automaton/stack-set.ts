import { type Automaton, CALL, distanceOf, FIRST_VIRTUAL, SILENT, virtualState, virtualTarget } from './automaton.ts';

/** A set of stacks, without their tops: as a trie whose edges are return states. Interned: equal means identical. */
export interface Below {
  readonly id: number;
  /** The empty stack is in the set: the whole text may end here. */
  readonly hasBottom: boolean;
  /** The unknown stack is in the set: what follows depends on the caller. */
  readonly hasHole: boolean;
  readonly states: readonly number[];
  readonly below: readonly Below[];
  /** Least number of bytes until the text may end; to the hole it is 0. */
  readonly distance: number;
  /** What it becomes when the rule above returns into it; made on first use. */
  popped: StackSet | undefined;
}

/** All stacks the automaton can be in after some text, tops first: what decides which bytes may follow. */
export interface StackSet {
  readonly id: number;
  readonly states: readonly number[];
  readonly below: readonly Below[];
  /** Whether the text may end here. */
  readonly isAccepting: boolean;
  readonly hasHole: boolean;
  readonly distance: number;
  /** By byte; null where nothing goes on, undefined where it was not tried yet. */
  readonly next: (StackSet | null | undefined)[];
}

/** A set in the making. */
interface Pending {
  readonly stacks: Map<number, Below>;
  /** Stacks whose silent edges are still to be followed: a list, since chains of them are as long as a schema. */
  readonly queue: number[];
  isAccepting: boolean;
  hasHole: boolean;
}

const nothingPending = (): Pending => ({ stacks: new Map(), queue: [], isAccepting: false, hasHole: false });

/** Moves sets of stacks along the automaton, byte by byte. Ambiguity costs a larger set, never a retry. */
export class StackMachine {
  readonly automaton: Automaton;
  readonly #sets = new Map<string, StackSet>();
  readonly #belows = new Map<string, Below>();
  readonly #bottom: Below;
  readonly #hole: Below;
  #numMade = 0;

  constructor(automaton: Automaton) {
    this.automaton = automaton;
    this.#bottom = this.#internBelow([], true, false);
    this.#hole = this.#internBelow([], false, true);
  }

  get numSets(): number {
    return this.#sets.size + this.#belows.size;
  }

  start(): StackSet {
    return this.#close([[this.automaton.root, this.#bottom]]);
  }

  /** A state, without those it reaches silently, over an unknown stack. */
  overHole(state: number): StackSet {
    const pending = nothingPending();
    pending.stacks.set(state, this.#hole);
    return this.#internSet(pending);
  }

  popped(below: Below): StackSet {
    below.popped ??= this.#closeBelow(below);
    return below.popped;
  }

  /** @returns null where no stack goes on with the byte */
  step(set: StackSet, byte: number): StackSet | null {
    const known = set.next[byte];
    if (known !== undefined) return known;
    const moved: [number, Below][] = [];
    for (const [index, state] of set.states.entries()) {
      this.#forEachEdge(state, (label, target) => {
        if (label < SILENT && (label & 0xff) <= byte && byte <= label >> 8) moved.push([target, set.below[index]!]);
      });
    }
    const next = moved.length === 0 ? null : this.#close(moved);
    const result = next && (next.states.length > 0 || next.isAccepting || next.hasHole) ? next : null;
    set.next[byte] = result;
    return result;
  }

  #forEachEdge(state: number, visit: (label: number, target: number, returnTo: number) => void): void {
    const { automaton } = this;
    if (state < FIRST_VIRTUAL) {
      this.#forEachOwnEdge(state, visit);
      return;
    }
    const virtual = virtualState(automaton, state);
    const { string, count, offset } = virtual;
    const { start, exit } = automaton.character;
    if (offset === 0 && count >= string.min) visit(SILENT, exit, -1);
    if (count >= string.max) return;
    this.#forEachOwnEdge(start + offset, (label, target) =>
      visit(label, virtualTarget(automaton, virtual, target), -1),
    );
  }

  #forEachOwnEdge(state: number, visit: (label: number, target: number, returnTo: number) => void): void {
    const { edgeStarts, edgeLabels, edgeTargets, edgeReturns } = this.automaton;
    for (let edge = edgeStarts[state]!; edge < edgeStarts[state + 1]!; edge++) {
      visit(edgeLabels[edge]!, edgeTargets[edge]!, edgeReturns[edge]!);
    }
  }

  #closeBelow(below: Below): StackSet {
    const pending = nothingPending();
    this.#pop(below, pending);
    return this.#finish(pending);
  }

  #close(stacks: readonly (readonly [number, Below])[]): StackSet {
    const pending = nothingPending();
    for (const [state, below] of stacks) this.#reach(state, below, pending);
    return this.#finish(pending);
  }

  /** Adds a stack; states from which a rule cannot end are left out. */
  #reach(state: number, below: Below, pending: Pending): void {
    if (distanceOf(this.automaton, state) === Infinity) return;
    const known = pending.stacks.get(state);
    const merged = known ? this.#union(known, below) : below;
    if (merged === known) return;
    pending.stacks.set(state, merged);
    pending.queue.push(state);
  }

  /** Adds all that is reached without reading. */
  #finish(pending: Pending): StackSet {
    for (let state = pending.queue.pop(); state !== undefined; state = pending.queue.pop()) {
      const below = pending.stacks.get(state)!;
      this.#forEachEdge(state, (label, target, returnTo) => {
        if (label === SILENT) this.#reach(target, below, pending);
        else if (label === CALL) this.#call(target, returnTo, below, pending);
      });
      if (state < FIRST_VIRTUAL && this.automaton.isAccepting[state]) this.#pop(below, pending);
    }
    return this.#internSet(pending);
  }

  #call(rule: number, returnTo: number, below: Below, pending: Pending): void {
    const { edgeStarts, isAccepting, distances } = this.automaton;
    if (distances[returnTo] === Infinity) return;
    // A call that is the last thing a rule does needs no return: lists and nested tails keep their stacks short.
    const isTail = isAccepting[returnTo] === 1 && edgeStarts[returnTo] === edgeStarts[returnTo + 1];
    this.#reach(rule, isTail ? below : this.#internBelow([[returnTo, below]], false, false), pending);
  }

  #pop(below: Below, pending: Pending): void {
    if (below.hasBottom) pending.isAccepting = true;
    if (below.hasHole) pending.hasHole = true;
    for (const [index, state] of below.states.entries()) this.#reach(state, below.below[index]!, pending);
  }

  #union(a: Below, b: Below): Below {
    if (a === b) return a;
    const stacks = new Map(a.states.map((state, index) => [state, a.below[index]!]));
    for (const [index, state] of b.states.entries()) {
      const known = stacks.get(state);
      stacks.set(state, known ? this.#union(known, b.below[index]!) : b.below[index]!);
    }
    return this.#internBelow([...stacks], a.hasBottom || b.hasBottom, a.hasHole || b.hasHole);
  }

  #internBelow(stacks: readonly (readonly [number, Below])[], hasBottom: boolean, hasHole: boolean): Below {
    const sorted = stacks.length > 1 ? [...stacks].sort((a, b) => a[0] - b[0]) : stacks;
    const key = `${hasBottom ? 'b' : ''}${hasHole ? 'h' : ''}${sorted.map(([state, below]) => `${state}:${below.id}`)}`;
    const known = this.#belows.get(key);
    if (known) return known;
    const ways = sorted.map(([state, below]) => distanceOf(this.automaton, state) + below.distance);
    const made: Below = {
      id: this.#numMade++,
      hasBottom,
      hasHole,
      states: sorted.map(([state]) => state),
      below: sorted.map(([, below]) => below),
      distance: hasBottom || hasHole ? 0 : Math.min(...ways),
      popped: undefined,
    };
    this.#belows.set(key, made);
    return made;
  }

  /** Keeps the stacks whose tops read a byte. */
  #internSet({ stacks, isAccepting, hasHole }: Pending): StackSet {
    const entries = [...stacks].filter(([state]) => this.#readsBytes(state)).sort((a, b) => a[0] - b[0]);
    const key = `${isAccepting ? 'a' : ''}${hasHole ? 'h' : ''}${entries.map(([state, below]) => `${state}:${below.id}`)}`;
    const known = this.#sets.get(key);
    if (known) return known;
    const ways = entries.map(([state, below]) => distanceOf(this.automaton, state) + below.distance);
    const made: StackSet = {
      id: this.#numMade++,
      states: entries.map(([state]) => state),
      below: entries.map(([, below]) => below),
      isAccepting,
      hasHole,
      distance: isAccepting || hasHole ? 0 : Math.min(Infinity, ...ways),
      next: [],
    };
    this.#sets.set(key, made);
    return made;
  }

  #readsBytes(state: number): boolean {
    let found = false;
    this.#forEachEdge(state, (label) => {
      found ||= label < SILENT;
    });
    return found;
  }
}
