import { z } from 'zod';
import { documented } from './documented.ts';
import { flag, optional, unsignedInteger } from './fields.ts';
import { completionFields } from './openai-common.ts';

const tokenId = documented(unsignedInteger, ({ maxTokenId }) => ({ maximum: maxTokenId }));
const tokenIds = documented(z.array(tokenId).min(1, 'expected at least one token'), ({ maxInputTokens }) => ({
  maxItems: maxInputTokens,
}));
const text = z.string().min(1, 'expected a text that is not empty');

function batchOf<Prompt extends z.ZodType>(prompt: Prompt) {
  const batch = z.array(prompt).min(1, 'expected at least one prompt');
  return documented(batch, ({ maxClientBatchSize }) => ({ maxItems: maxClientBatchSize }));
}

/** Every form of prompt as a list of prompts, each text or token ids. */
const prompts = z
  .union(
    [text, batchOf(text), tokenIds, batchOf(tokenIds)],
    'expected a string, a list of strings, token ids, or a list of those',
  )
  .transform((prompt): readonly (string | number[])[] => {
    if (typeof prompt === 'string') return [prompt];
    return isTokenIds(prompt) ? [prompt] : prompt;
  });

function isTokenIds(prompt: readonly unknown[]): prompt is number[] {
  return typeof prompt[0] === 'number';
}

const completionRequestFields = z
  .object({
    prompt: prompts,
    ...completionFields,
    max_tokens: optional(documented(unsignedInteger, ({ maxNewTokens }) => ({ maximum: maxNewTokens }))).meta({
      description: 'Tokens at most; as many as fit where it is left out. With `echo`, 0 scores the prompt alone.',
    }),
    suffix: optional(z.string().max(0, 'expected none: text cannot be inserted before a suffix')),
    echo: flag.meta({ description: 'Puts the prompt before the text.' }),
    best_of: optional(unsignedInteger.min(1, 'expected an integer ≥ 1').max(20, 'expected an integer ≤ 20')).meta({
      description: 'Generates so many, and gives the n likeliest.',
    }),
    logprobs: optional(unsignedInteger.max(20, 'expected an integer ≤ 20')).meta({
      description: 'Adds log-probabilities, and the so many likeliest tokens at each step.',
    }),
  })
  .refine(({ max_tokens, echo }) => max_tokens !== 0 || echo, {
    path: ['max_tokens'],
    message: 'expected an integer ≥ 1, or 0 beside `echo`',
  })
  .refine(({ best_of, n }) => best_of === undefined || best_of >= (n ?? 1), {
    path: ['best_of'],
    message: 'expected an integer ≥ `n`',
  })
  .refine(({ best_of, n, stream }) => !stream || best_of === undefined || best_of === (n ?? 1), {
    path: ['best_of'],
    message: 'expected none: the best of several cannot be streamed',
  });

export const completionRequestSchema = documented(completionRequestFields, {
  anyOf: [
    { properties: { max_tokens: { not: { const: 0 } } } },
    { required: ['echo'], properties: { echo: { const: true } } },
  ],
}).meta({ id: 'CompletionRequest' });

export type CompletionRequest = z.output<typeof completionRequestSchema>;
