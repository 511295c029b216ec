import { neutralSampling } from '../../../engine/sampling/neutral-sampling.ts';
import type { SamplingParameters } from '../../../engine/types.ts';
import type { CompletionFields } from '../../schema/openai-common.ts';

/** OpenAI's sampling fields: temperature 1 where none is given; 0, or a top_p of 0, takes the likeliest token.
 * @param choice which of `n`: each draws with a seed of its own */
export function openaiSampling(request: CompletionFields, choice: number): SamplingParameters {
  const temperature = request.temperature ?? 1;
  const doSample = temperature > 0 && request.top_p !== 0;
  return {
    ...neutralSampling,
    doSample,
    temperature: doSample ? temperature : 1,
    topK: request.top_k ?? 0,
    topP: doSample ? (request.top_p ?? 1) : 1,
    minP: request.min_p ?? 0,
    typicalP: request.typical_p ?? 1,
    repetitionPenalty: request.repetition_penalty ?? 1,
    openaiFrequencyPenalty: request.frequency_penalty ?? 0,
    openaiPresencePenalty: request.presence_penalty ?? 0,
    logitBias: request.logit_bias ?? neutralSampling.logitBias,
    seed: request.seed === undefined ? undefined : BigInt.asUintN(64, request.seed + BigInt(choice)),
  };
}
