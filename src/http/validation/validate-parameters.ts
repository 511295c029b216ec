import { neutralSampling } from '../../engine/sampling/neutral-sampling.ts';
import { ParlanceError } from '../../errors/errors.ts';
import type { TextGenerationRequest, TextLimits } from '../../text/types.ts';
import type { HttpLimits } from '../options.ts';
import type { GenerateRequest } from '../schema/tgi-generate.ts';
import { toGrammarSpec } from './grammar-spec.ts';

export interface ParameterLimits {
  readonly http: HttpLimits;
  readonly text: TextLimits;
  readonly prefillLogprobs: boolean;
  readonly grammarSupport: boolean;
}

/** Checks TGI's parameters in TGI's order and with its words, and turns them into a generation.
 * What needs the prompt's tokens is checked by the text layer.
 * @throws validation
 * @see text-generation-inference router/src/validation.rs, Validation::validate */
export function toTextGeneration(
  { inputs, parameters: p }: GenerateRequest,
  limits: ParameterLimits,
): TextGenerationRequest {
  const topP = p.top_p ?? 1;
  const typicalP = p.typical_p ?? 1;
  const temperature = p.temperature ?? 1;
  const isSamplingAsked =
    p.do_sample || [p.temperature, p.top_k, p.top_p, p.typical_p].some((value) => value !== undefined);
  const bestOf = p.best_of ?? 1;

  if (bestOf > 1 && !isSamplingAsked) fail('best_of', 'you must use sampling when `best_of` is > 1');
  if (temperature <= 0) fail('temperature', '`temperature` must be strictly positive');
  if ((p.repetition_penalty ?? 1) <= 0) fail('repetition_penalty', '`repetition_penalty` must be strictly positive');
  if (Math.abs(p.frequency_penalty ?? 0) > 2)
    fail('frequency_penalty', '`frequency_penalty` must be >= -2.0 and <= 2.0');
  if (topP <= 0 || topP > 1) fail('top_p', '`top_p` must be > 0.0 and < 1.0');
  if (typicalP <= 0 || typicalP > 1) fail('typical_p', '`typical_p` must be > 0.0 and < 1.0');
  if ((p.top_k ?? 1) <= 0) fail('top_k', '`top_k` must be strictly positive');
  if (p.max_new_tokens === 0) fail('max_new_tokens', '`max_new_tokens` must be strictly positive');
  validateStop(p.stop ?? [], limits.http);
  if (p.seed !== undefined && bestOf > 1) fail('seed', '`seed` must not be set when `best_of` > 1');
  validateTopN(p.top_n_tokens ?? 0, limits.http.maxTopNTokens, 'top_n_tokens');
  if (inputs === '') fail('inputs', '`inputs` cannot be empty');
  validateTruncate(p.truncate, limits.text);
  const grammar = p.grammar && toGrammarSpec(p.grammar, limits.grammarSupport);

  return {
    prompt: inputs,
    addSpecialTokens: true,
    ...(p.truncate === undefined ? {} : { truncate: p.truncate }),
    ...(p.max_new_tokens === undefined ? {} : { maxNewTokens: p.max_new_tokens }),
    sampling: {
      ...neutralSampling,
      // TGI's server samples when asked to, or when a value would change the distribution; temperature 1 alone does not.
      doSample: p.do_sample || temperature !== 1 || p.top_k !== undefined || topP < 1 || typicalP < 1,
      temperature,
      topK: p.top_k ?? 0,
      topP,
      typicalP,
      repetitionPenalty: p.repetition_penalty ?? 1,
      frequencyPenalty: p.frequency_penalty ?? 0,
      watermark: p.watermark,
      seed: p.seed,
    },
    stop: p.stop ?? [],
    stopMatching: 'suffix',
    ignoreEos: false,
    numTopTokens: p.top_n_tokens ?? 0,
    promptLogprobs: p.decoder_input_details && limits.prefillLogprobs,
    ...(grammar && { grammar }),
  };
}

/** @throws validation; checked before permits are taken, as TGI does */
export function validateBestOf(bestOf: number, { maxBestOf }: HttpLimits): void {
  if (maxBestOf === 1 && bestOf !== 1) fail('best_of', '`best_of` != 1 is not allowed for this endpoint');
  if (bestOf > maxBestOf) fail('best_of', `\`best_of\` must be > 0 and <= ${maxBestOf}. Given: ${bestOf}`);
}

/** What TGI cannot stream. @throws validation */
export function validateStreamable({ parameters }: GenerateRequest): void {
  if ((parameters.best_of ?? 1) !== 1) fail('best_of', '`best_of` != 1 is not supported when streaming tokens');
  if (parameters.decoder_input_details) {
    fail('decoder_input_details', '`decoder_input_details` == true is not supported when streaming tokens');
  }
}

export function validateStop(stop: readonly string[], { maxStopSequences }: HttpLimits): void {
  if (stop.length > maxStopSequences) {
    fail('stop', `\`stop\` supports up to ${maxStopSequences} stop sequences. Given: ${stop.length}`);
  }
}

export function validateTopN(topN: number, max: number, param: string): void {
  if (topN > max) fail(param, `\`${param}\` must be >= 0 and <= ${max}. Given: ${topN}`);
}

/** @throws validation for a token that the model doesn't have */
export function validateLogitBias(bias: ReadonlyMap<number, number>, vocabSize: number): void {
  const stranger = [...bias.keys()].find((id) => id >= vocabSize);
  if (stranger === undefined) return;
  fail('logit_bias', `\`logit_bias\` has the token id ${stranger}, ids are from 0 to ${vocabSize - 1}`);
}

function validateTruncate(truncate: number | undefined, { maxInputTokens }: TextLimits): void {
  if (truncate === undefined || (truncate > 0 && truncate <= maxInputTokens)) return;
  fail('truncate', `\`truncate\` must be strictly positive and less than ${maxInputTokens}. Given: ${truncate}`);
}

function fail(param: string, message: string): never {
  throw new ParlanceError('validation', message, { param });
}
