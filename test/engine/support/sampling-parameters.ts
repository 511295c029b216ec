import { neutralSampling } from '../../../src/engine/sampling/neutral-sampling.ts';
import type { SamplingParameters } from '../../../src/engine/types.ts';

export const greedy: SamplingParameters = neutralSampling;

export function sampling(parameters: Partial<SamplingParameters> = {}): SamplingParameters {
  return { ...greedy, doSample: true, ...parameters };
}
