import type { CollectedGeneration } from '../../generation/collect-generation.ts';
import type { GenerateRequest } from '../../schema/tgi-generate.ts';
import { tgiSequenceDetails } from './details.ts';

/** The answer to /generate: the best generation, and with `details` the others beside it. */
export function tgiGenerateResponse(
  { inputs, parameters }: GenerateRequest,
  [best, ...others]: readonly [CollectedGeneration, ...CollectedGeneration[]],
) {
  const prompt = parameters.return_full_text ? inputs : '';
  const hasTopTokens = (parameters.top_n_tokens ?? 0) > 0;
  const textOf = ({ finish }: CollectedGeneration) => prompt + finish.generatedText;
  if (!parameters.details && !parameters.decoder_input_details) return { generated_text: textOf(best) };
  const sequences = others.map((other) => ({
    generated_text: textOf(other),
    ...tgiSequenceDetails(other, hasTopTokens),
  }));
  return {
    generated_text: textOf(best),
    details: {
      ...tgiSequenceDetails(best, hasTopTokens),
      ...((parameters.best_of ?? 1) > 1 ? { best_of_sequences: sequences } : {}),
    },
  };
}
