import { logSumExp } from '../../../src/engine/sampling/log-sum-exp.ts';
import type { CausalModel, Logits, PrefillChunk } from '../../../src/models/causal-model.ts';

export interface FakeModelOptions {
  readonly vocabSize?: number;
  readonly numSlots?: number;
  readonly maxPositions?: number;
  readonly sharesPrefixes?: boolean;
  /** Scores after a context. @default pseudo-random numbers that depend on every token of the context */
  readonly score?: (context: readonly number[], vocabSize: number) => Float32Array;
  /** Resolves when a run may go on. */
  readonly gate?: () => Promise<void>;
}

export interface FakeRun {
  readonly type: 'prefill' | 'decode';
  /** Of a decode step, slot by slot, with the tokens of the run; of a prefill, its one slot. */
  readonly contexts: readonly (readonly number[])[];
  readonly numTokens: number;
}

/** A model whose KV cache is the tokens themselves, and whose scores depend on all that its slot holds: whoever runs it
 * on the wrong slot, at the wrong position or over a stale prefix gets other tokens. */
export class FakeModel implements CausalModel {
  readonly vocabSize: number;
  readonly numSlots: number;
  readonly maxPositions: number;
  readonly sharesPrefixes: boolean;
  readonly runs: FakeRun[] = [];
  isDisposed = false;
  readonly #slots: number[][];
  readonly #score: (context: readonly number[], vocabSize: number) => Float32Array;
  readonly #gate: () => Promise<void>;

  constructor(options: FakeModelOptions = {}) {
    this.vocabSize = options.vocabSize ?? 40;
    this.numSlots = options.numSlots ?? 4;
    this.maxPositions = options.maxPositions ?? 64;
    this.sharesPrefixes = options.sharesPrefixes ?? true;
    this.#slots = Array.from({ length: this.numSlots }, () => []);
    this.#score = options.score ?? scoreByHash;
    this.#gate = options.gate ?? (() => Promise.resolve());
  }

  async prefill({ slot, start, tokens, logits }: PrefillChunk): Promise<Logits> {
    this.#write(slot, start, tokens);
    const end = start + tokens.length;
    const ends = { none: [], last: [end], all: tokens.map((_, index) => start + index + 1) }[logits];
    this.runs.push({ type: 'prefill', contexts: [this.#context(slot, end)], numTokens: tokens.length });
    await this.#gate();
    return this.#rows(ends.map((rowEnd) => this.#context(slot, rowEnd)));
  }

  async decode(tokens: readonly number[], positions: readonly number[]): Promise<Logits> {
    for (const [slot, token] of tokens.entries()) this.#write(slot, positions[slot]!, [token]);
    const contexts = positions.map((position, slot) => this.#context(slot, position + 1));
    this.runs.push({ type: 'decode', contexts, numTokens: tokens.length });
    await this.#gate();
    return this.#rows(contexts);
  }

  copySlot(from: number, to: number, length: number): void {
    this.#write(to, 0, this.#context(from, length));
  }

  trimSlot(slot: number, length: number): void {
    this.#slots[slot]!.splice(length);
  }

  dispose(): void {
    this.isDisposed = true;
  }

  #write(slot: number, start: number, tokens: readonly number[]): void {
    if (this.isDisposed) throw new Error('the model is disposed of');
    for (const [index, token] of tokens.entries()) this.#slots[slot]![start + index] = token;
  }

  #context(slot: number, length: number): number[] {
    return Array.from({ length }, (_, position) => this.#slots[slot]![position] ?? -1);
  }

  #rows(contexts: readonly (readonly number[])[]): Logits {
    const rows = contexts.map((context) => this.#score(context, this.vocabSize));
    const sums = rows.map(logSumExp);
    return { numRows: rows.length, row: (index) => rows[index]!, logSumExp: (index) => sums[index]! };
  }
}

export function scoreByHash(context: readonly number[], vocabSize: number): Float32Array {
  let hash = 17;
  for (const token of context) hash = Math.imul(hash ^ (token + 1), 0x9e3779b1) >>> 0;
  return Float32Array.from({ length: vocabSize }, (_, id) => {
    const mixed = Math.imul(hash ^ Math.imul(id + 1, 0x85ebca6b), 0xc2b2ae35) >>> 0;
    return ((mixed ^ (mixed >>> 15)) % 10_000) / 1_000;
  });
}
