import type { CodePointSet } from './code-point-set.ts';
import { type Regex, TEXT_END, TEXT_START } from './regex.ts';

const MAX_STATES = 40_000;

/** Thompson's construction over code points: each state has either one labelled edge or silent ones. */
export class CharNfa {
  readonly start: number;
  readonly end: number;
  readonly #silent: number[][] = [];
  readonly #labels: (CodePointSet | undefined)[] = [];
  readonly #targets: number[] = [];
  readonly #tooLarge: () => Error;
  #stamps = new Int32Array(0);
  #stamp = 0;

  /** @throws what `tooLarge` makes, beyond 40,000 states */
  constructor(regex: Regex, tooLarge: () => Error) {
    this.#tooLarge = tooLarge;
    this.start = this.#state();
    this.end = this.#build(regex, this.start);
    this.#stamps = new Int32Array(this.#silent.length);
  }

  #state(): number {
    if (this.#silent.length >= MAX_STATES) throw this.#tooLarge();
    this.#labels.push(undefined);
    this.#targets.push(-1);
    return this.#silent.push([]) - 1;
  }

  /** Adds the regex after `from`. @returns the state after it */
  #build(regex: Regex, from: number): number {
    switch (regex.kind) {
      case 'set':
        return this.#labelled(from, regex.set);
      case 'sequence':
        return regex.parts.reduce((state, part) => this.#build(part, state), from);
      case 'choice': {
        const end = this.#state();
        for (const option of regex.options) {
          const begin = this.#state();
          this.#silent[from]!.push(begin);
          this.#silent[this.#build(option, begin)]!.push(end);
        }
        return end;
      }
      case 'repeat':
        return this.#repeat(regex.body, regex.min, regex.max, from);
    }
  }

  #labelled(from: number, set: CodePointSet): number {
    const begin = this.#state();
    this.#silent[from]!.push(begin);
    this.#labels[begin] = set;
    const end = this.#state();
    this.#targets[begin] = end;
    return end;
  }

  #repeat(body: Regex, min: number, max: number, from: number): number {
    let state = from;
    for (let count = 0; count < min; count++) state = this.#build(body, state);
    const end = this.#state();
    if (max === Infinity) {
      const loop = this.#state();
      this.#silent[state]!.push(loop);
      this.#silent[this.#build(body, loop)]!.push(loop);
      this.#silent[loop]!.push(end);
      return end;
    }
    for (let count = min; count < max; count++) {
      this.#silent[state]!.push(end);
      state = this.#build(body, state);
    }
    this.#silent[state]!.push(end);
    return end;
  }

  /** Where the classes of code points start, the two markers among them as classes of their own. */
  bounds(): number[] {
    const starts = new Set([0, TEXT_START, TEXT_END]);
    for (const set of this.#labels) {
      for (let index = 0; index < (set?.length ?? 0); index += 2) starts.add(set![index]!).add(set![index + 1]! + 1);
    }
    return [...starts].filter((start) => start <= TEXT_END).sort((a, b) => a - b);
  }

  /** Sorted, and of the states only those with a labelled edge, and the end. */
  closure(states: Iterable<number>): Int32Array {
    this.#stamp++;
    const reached: number[] = [];
    const pending = [...states];
    for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
      if (this.#stamps[state] === this.#stamp) continue;
      this.#stamps[state] = this.#stamp;
      if (this.#labels[state] || state === this.end) reached.push(state);
      pending.push(...this.#silent[state]!);
    }
    return Int32Array.from(reached).sort();
  }

  step(states: Int32Array, point: number): Int32Array {
    const targets: number[] = [];
    for (const state of states)
      if (this.#labels[state] && holds(this.#labels[state]!, point)) targets.push(this.#targets[state]!);
    return targets.length === 0 ? NONE : this.closure(targets);
  }
}

const NONE = new Int32Array(0);

function holds(set: CodePointSet, point: number): boolean {
  let low = 0;
  let high = set.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (set[2 * middle + 1]! < point) low = middle + 1;
    else high = middle;
  }
  return 2 * low < set.length && set[2 * low]! <= point;
}
