/** Rows of next-token scores. Views into the model's memory: valid until its next run. */
export interface Logits {
  readonly numRows: number;
  /** @returns [vocabSize] float32; the caller may change it in place. */
  row(index: number): Float32Array;
  /** log Σ exp of the row as the model gave it. */
  logSumExp(index: number): number;
}

/** A run of prompt tokens for one slot, at positions start … start + tokens.length − 1. */
export interface PrefillChunk {
  readonly slot: number;
  readonly start: number;
  readonly tokens: readonly number[];
  /** Rows wanted: none, that of the last token, or one for each token. */
  readonly logits: 'none' | 'last' | 'all';
  /** Tokens of the whole prompt, for rotary embeddings that depend on it. @default what is known with this chunk */
  readonly promptLength?: number;
}

/** A decoder whose KV cache is an array of slots, each holding one sequence's positions 0 … maxPositions − 1. */
export interface CausalModel {
  readonly vocabSize: number;
  readonly numSlots: number;
  readonly maxPositions: number;
  /** Whether a slot's positions may serve another prompt that begins with the same tokens: not where a position's
   * rotation depends on the length of its sequence. */
  readonly sharesPrefixes: boolean;
  prefill(chunk: PrefillChunk): Promise<Logits>;
  /** One token for each of the slots 0 … tokens.length − 1: row i puts tokens[i] at positions[i] of slot i. */
  decode(tokens: readonly number[], positions: readonly number[]): Promise<Logits>;
  /** Copies positions 0 … length − 1 of a slot. */
  copySlot(from: number, to: number, length: number): void;
  /** Gives back the memory of the positions from `length` on. */
  trimSlot(slot: number, length: number): void;
  dispose(): void;
}
