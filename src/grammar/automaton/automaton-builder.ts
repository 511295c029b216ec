import { ParlanceError } from '../../errors/errors.ts';
import type { CodePointSet } from '../languages/code-point-set.ts';
import { type ByteRanges, utf8Ranges } from '../languages/utf8-ranges.ts';
import { type Automaton, CALL, type CharacterTemplate, distanceOf, FIRST_VIRTUAL, SILENT } from './automaton.ts';

/** What one grammar may take: about 100 MB while it is built. */
const MAX_EDGES = 1_000_000;

interface Edge {
  readonly label: number;
  readonly target: number;
  readonly returnTo: number;
}

/** Collects states and edges, then lays them out as an {@link Automaton}. */
export class AutomatonBuilder {
  readonly #edges: Edge[][] = [];
  readonly #accepting = new Set<number>();
  readonly #countedStrings: { firstState: number; min: number; max: number }[] = [];
  readonly #countedStarts = new Map<string, number>();
  #numEdges = 0;
  #nextVirtual = FIRST_VIRTUAL;
  #character: CharacterTemplate | undefined;

  state(): number {
    return this.#edges.push([]) - 1;
  }

  accept(state: number): void {
    this.#accepting.add(state);
  }

  silent(from: number, to: number): void {
    this.#add(from, { label: SILENT, target: to, returnTo: -1 });
  }

  bytes(from: number, lo: number, hi: number, to: number): void {
    this.#add(from, { label: lo | (hi << 8), target: to, returnTo: -1 });
  }

  /** Reads what the rule reads that starts at `rule`. */
  call(from: number, rule: number, to: number): void {
    this.#add(from, { label: CALL, target: rule, returnTo: to });
  }

  #add(from: number, edge: Edge): void {
    if (++this.#numEdges > MAX_EDGES) {
      throw new ParlanceError('validation', `the grammar is too large: more than ${MAX_EDGES} edges`, {
        param: 'grammar',
      });
    }
    this.#edges[from]!.push(edge);
  }

  /** @returns the state after the text, whose UTF-8 is read from `from` on */
  text(from: number, text: string): number {
    return this.literalBytes(from, new TextEncoder().encode(text));
  }

  literalBytes(from: number, bytes: Uint8Array): number {
    let state = from;
    for (const byte of bytes) {
      const next = this.state();
      this.bytes(state, byte, byte, next);
      state = next;
    }
    return state;
  }

  /** Reads the UTF-8 of one character of the set; surrogates are left out. */
  character(from: number, set: CodePointSet, to: number): void {
    const suffixes = new Map<string, number>();
    for (let index = 0; index < set.length; index += 2) {
      for (const ranges of utf8Ranges(set[index]!, set[index + 1]!)) this.#byteRanges(from, ranges, to, suffixes);
    }
  }

  #byteRanges(from: number, ranges: ByteRanges, to: number, suffixes: Map<string, number>): void {
    const [[lo, hi], ...rest] = ranges as [readonly [number, number], ...ByteRanges];
    if (rest.length === 0) {
      this.bytes(from, lo, hi, to);
      return;
    }
    const key = rest.join(';');
    let next = suffixes.get(key);
    if (next === undefined) {
      next = this.state();
      suffixes.set(key, next);
      this.#byteRanges(next, rest, to, suffixes);
    }
    this.bytes(from, lo, hi, next);
  }

  /** Declares what counted strings are made of: the template's states are those made while `build` runs.
   * @param build adds the edges from start to end; @param close adds what comes after the last character */
  defineCharacter(build: (start: number, end: number) => void, close: (exit: number) => void): void {
    const exit = this.state();
    close(exit);
    const end = this.state();
    const start = this.state();
    build(start, end);
    this.#character = { start, end, exit, size: this.#edges.length - start };
  }

  /** A rule that reads min to max characters of the template, then what closes them. @returns its start */
  countedString(min: number, max: number): number {
    const key = `${min},${max}`;
    const known = this.#countedStarts.get(key);
    if (known !== undefined) return known;
    const firstState = this.#nextVirtual;
    const { size } = this.#character!;
    this.#nextVirtual += size * ((max === Infinity ? min : max) + 1);
    this.#countedStrings.push({ firstState, min, max });
    this.#countedStarts.set(key, firstState);
    return firstState;
  }

  build(root: number): Automaton {
    const numStates = this.#edges.length;
    const edgeStarts = new Int32Array(numStates + 1);
    const edgeLabels = new Int32Array(this.#numEdges);
    const edgeTargets = new Float64Array(this.#numEdges);
    const edgeReturns = new Int32Array(this.#numEdges);
    let index = 0;
    for (const [state, edges] of this.#edges.entries()) {
      edgeStarts[state] = index;
      for (const { label, target, returnTo } of edges) {
        edgeLabels[index] = label;
        edgeTargets[index] = target;
        edgeReturns[index++] = returnTo;
      }
    }
    edgeStarts[numStates] = index;
    const isAccepting = Uint8Array.from({ length: numStates }, (_, state) => Number(this.#accepting.has(state)));
    const distances = new Float64Array(numStates).fill(Infinity);
    const character = this.#character ?? { start: -1, end: -1, exit: -1, size: 1 };
    const countedStrings = this.#countedStrings;
    const automaton = {
      root,
      edgeStarts,
      edgeLabels,
      edgeTargets,
      edgeReturns,
      isAccepting,
      distances,
      character,
      countedStrings,
    };
    computeDistances(automaton);
    return automaton;
  }
}

/** Relaxes until nothing changes; backwards, since rules are mostly laid out front to back. */
function computeDistances(automaton: Automaton): void {
  const { distances, edgeStarts, edgeLabels, edgeTargets, edgeReturns, isAccepting, character } = automaton;
  for (const [state, accepting] of isAccepting.entries()) if (accepting) distances[state] = 0;
  if (character.end >= 0) distances[character.end] = 0;
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false;
    for (let state = isAccepting.length - 1; state >= 0; state--) {
      let least = distances[state]!;
      for (let edge = edgeStarts[state]!; edge < edgeStarts[state + 1]!; edge++) {
        const label = edgeLabels[edge]!;
        const ahead = distanceOf(automaton, edgeTargets[edge]!);
        const cost = label === CALL ? ahead + distances[edgeReturns[edge]!]! : label === SILENT ? ahead : ahead + 1;
        if (cost < least) least = cost;
      }
      if (least < distances[state]!) {
        distances[state] = least;
        hasChanged = true;
      }
    }
  }
}
