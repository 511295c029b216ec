import { ParlanceError } from '../errors/errors.ts';
import type { EngineLimits, GenerationRequest } from './types.ts';

/** @throws validation for what the model can't compute: the text layer's own limits are tighter */
export function checkRequest(
  { promptIds, maxNewTokens, stopIds, grammar }: GenerationRequest,
  limits: EngineLimits,
): void {
  const { vocabSize, maxPositions } = limits;
  const isId = (id: number) => Number.isInteger(id) && id >= 0 && id < vocabSize;
  const stranger = promptIds.find((id) => !isId(id));
  if (promptIds.length === 0) throw refusal('inputs', 'the prompt has no tokens');
  if (stranger !== undefined) throw refusal('inputs', `token id ${stranger} is not one of 0 … ${vocabSize - 1}`);
  if (!Number.isInteger(maxNewTokens) || maxNewTokens < 0) {
    throw refusal('max_new_tokens', `max_new_tokens is ${maxNewTokens}, must be a whole number of at least 0`);
  }
  if (grammar && stopIds.length === 0) throw refusal('grammar', 'a grammar needs a stop id to end with');
  if (promptIds.length + maxNewTokens > maxPositions) {
    const numTokens = `the prompt's ${promptIds.length} tokens and max_new_tokens ${maxNewTokens}`;
    throw refusal('max_new_tokens', `${numTokens} are more than the model's ${maxPositions} positions`);
  }
}

function refusal(param: string, message: string): ParlanceError {
  return new ParlanceError('validation', message, { param });
}
