import type { ModelConfig } from './config.ts';

/** The largest runs of a decoder. */
export interface RunShape {
  /** Tokens of a chunk of a prompt. */
  readonly chunkTokens: number;
  /** Sequences that are decoded together. */
  readonly batchSize: number;
  /** Positions of a slot. */
  readonly maxPositions: number;
}

/** What a model works in, beside weights and KV cache. */
export interface RunBytes {
  /** Written by the longest run, and the tables of the rotary embedding. */
  readonly touched: number;
  /** Allocated: attention asks for scores over all positions of a slot, and writes those of the positions that are there. */
  readonly allocated: number;
}

const float32Bytes = 4;

/** Works out the working memory of a decoder's runs: what the widest point of a layer holds, the scores of attention, and
 * the logits. */
export function runBytes(config: ModelConfig, { chunkTokens, batchSize, maxPositions }: RunShape): RunBytes {
  const { hiddenSize, intermediateSize, numHeads, numKvHeads, headDim, vocabSize } = config;
  const numTokens = Math.max(chunkTokens, batchSize);
  const attention = 2 * (numHeads + numKvHeads) * headDim;
  const widest = numTokens * (3 * hiddenSize + Math.max(3 * intermediateSize, attention)) * float32Bytes;
  const logits = numTokens * vocabSize * float32Bytes;
  const scores = (tokens: number) => tokens * numHeads * maxPositions * float32Bytes;
  // As they are built, serialised and loaded.
  const tables = 3 * maxPositions * headDim * float32Bytes;
  return {
    touched: widest + logits + scores(chunkTokens) + tables,
    // The runtime's arena grows by doubling.
    allocated: 2 * (widest + scores(numTokens)) + logits + tables,
  };
}
