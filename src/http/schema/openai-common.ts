import { z } from 'zod';
import { documented } from './documented.ts';
import { flag, optional, stopTexts, unsignedInteger } from './fields.ts';

const penalty = z.number().min(-2, 'expected a number ≥ -2').max(2, 'expected a number ≤ 2');
const probability = z.number().min(0, 'expected a number ≥ 0').max(1, 'expected a number ≤ 1');
const positiveInteger = unsignedInteger.min(1, 'expected an integer ≥ 1');

/** OpenAI's seeds are signed; the engine's are not. */
const seed = z
  .custom<number | bigint>((value) => typeof value === 'bigint' || Number.isSafeInteger(value), 'expected an integer')
  .meta({ override: { type: 'integer', format: 'int64' } })
  .transform((value) => BigInt.asUintN(64, BigInt(value)));

/** A token id, as JSON's keys can hold it, to what is added to its logit. */
const logitBias = z
  .record(
    z.string().regex(/^\d+$/, 'expected token ids as keys'),
    z.number().min(-100, 'expected a number ≥ -100').max(100, 'expected a number ≤ 100'),
  )
  .transform((bias) => new Map(Object.entries(bias).map(([id, value]) => [Number(id), value])));

/** What chat and text completions have in common; the last five are TGI's, which OpenAI does not have. */
export const completionFields = {
  model: optional(z.string()).meta({ description: 'Any name is taken, and told back.' }),
  max_tokens: optional(documented(positiveInteger, ({ maxNewTokens }) => ({ maximum: maxNewTokens }))).meta({
    description: 'Tokens at most; as many as fit where it is left out.',
  }),
  temperature: optional(z.number().min(0, 'expected a number ≥ 0')).meta({
    description: '0 takes the likeliest tokens; 1 where it is left out.',
  }),
  top_p: optional(probability).meta({ description: 'Keeps the likeliest tokens of this mass.' }),
  n: optional(
    documented(positiveInteger.max(128, 'expected an integer ≤ 128'), ({ maxConcurrentRequests }) => ({
      maximum: Math.min(128, maxConcurrentRequests),
    })),
  ).meta({ description: 'Answers to each prompt.' }),
  stop: optional(stopTexts).meta({ description: 'Texts that end the answer and are no part of it.' }),
  seed: optional(seed).meta({ description: 'Makes sampling repeatable.' }),
  frequency_penalty: optional(penalty).meta({
    description: 'Taken off a logit for each time the answer has the token.',
  }),
  presence_penalty: optional(penalty).meta({ description: 'Taken off a logit once the answer has the token.' }),
  logit_bias: optional(logitBias).meta({ description: 'Token id to what is added to its logit, −100 to 100.' }),
  stream: flag.meta({ description: 'Answers token by token.' }),
  stream_options: optional(z.object({ include_usage: flag })).meta({
    description: 'include_usage adds a last chunk with the usage.',
  }),
  user: optional(z.string()).meta({ description: 'Taken and not used.' }),
  top_k: optional(positiveInteger).meta({ description: 'Keeps the so many likeliest tokens.' }),
  min_p: optional(probability).meta({ description: 'Keeps tokens of at least this share of the likeliest.' }),
  typical_p: optional(probability.gt(0, 'expected a number > 0')).meta({ description: 'Typical decoding mass.' }),
  repetition_penalty: optional(z.number().gt(0, 'expected a number > 0')).meta({ description: '1 is none.' }),
  ignore_eos: flag.meta({ description: 'Goes on after the end token.' }),
};

const completionFieldsSchema = z.object(completionFields);

/** The parsed fields that both kinds of completion have. */
export type CompletionFields = z.output<typeof completionFieldsSchema>;
