import type { CollectedGeneration } from '../../generation/collect-generation.ts';
import { tgiPrefillToken, tgiToken } from './tokens.ts';

/** What `details` and each of `best_of_sequences` say. `prompt_tokens` is MindIE's addition. */
export function tgiSequenceDetails({ start, tokens, finish }: CollectedGeneration, hasTopTokens: boolean) {
  return {
    finish_reason: finish.reason,
    generated_tokens: finish.numGeneratedTokens,
    prompt_tokens: finish.numPromptTokens,
    seed: finish.seed ?? null,
    prefill: (start.prefill ?? []).map(tgiPrefillToken),
    tokens: tokens.map(({ token }) => tgiToken(token)),
    ...(hasTopTokens ? { top_tokens: tokens.map(({ topTokens }) => (topTokens ?? []).map(tgiToken)) } : {}),
  };
}
