import { z } from 'zod';
import { documented } from './documented.ts';
import { flag, optional, unsignedInteger } from './fields.ts';
import { completionFields } from './openai-common.ts';

const tokenId = documented(unsignedInteger, ({ maxTokenId }) => ({ maximum: maxTokenId }));
const tokenIds = documented(z.array(tokenId).min(1, 'expected at least one token'), ({ maxInputTokens }) => ({
  maxItems: maxInputTokens,
}));
const text = documented(z.string(), { minLength: 1 });

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

export const completionRequestSchema = z
  .object({
    prompt: prompts,
    ...completionFields,
    suffix: optional(z.string().max(0, 'expected none: text cannot be inserted before a suffix')),
    echo: flag.meta({ description: 'Puts the prompt before the text.' }),
    best_of: optional(unsignedInteger.min(1, 'expected an integer ≥ 1').max(20, 'expected an integer ≤ 20')).meta({
      description: 'Generates so many, and gives the n likeliest.',
    }),
    logprobs: optional(unsignedInteger.max(20, 'expected an integer ≤ 20')).meta({
      description: 'Adds log-probabilities, and the so many likeliest tokens at each step.',
    }),
  })
  .refine(({ best_of, n }) => best_of === undefined || best_of >= (n ?? 1), {
    path: ['best_of'],
    message: 'expected an integer ≥ `n`',
  })
  .refine(({ best_of, n, stream }) => !stream || best_of === undefined || best_of === (n ?? 1), {
    path: ['best_of'],
    message: 'expected none: the best of several cannot be streamed',
  })
  .meta({ id: 'CompletionRequest' });

export type CompletionRequest = z.output<typeof completionRequestSchema>;
