import type { Start } from '../../generation/run-generation.ts';
import type { EchoedTokens } from './completion-logprobs.ts';

/** The prompt that is put before the text, with its tokens as they make that text up. */
export function echoedPrompt(
  prompt: string | readonly number[],
  { prefill = [], promptPieces = [] }: Start,
): EchoedTokens {
  return {
    text: typeof prompt === 'string' ? prompt : promptPieces.join(''),
    tokens: prefill.map((token, i) => ({ ...token, text: promptPieces[i]! })),
  };
}
