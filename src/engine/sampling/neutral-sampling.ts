import type { SamplingParameters } from '../types.ts';

/** Greedy, and nothing that changes a logit. */
export const neutralSampling: SamplingParameters = {
  doSample: false,
  temperature: 1,
  topK: 0,
  topP: 1,
  typicalP: 1,
  minP: 0,
  repetitionPenalty: 1,
  frequencyPenalty: 0,
  openaiFrequencyPenalty: 0,
  openaiPresencePenalty: 0,
  noRepeatNgram: 0,
  logitBias: new Map(),
  watermark: false,
  seed: undefined,
};
