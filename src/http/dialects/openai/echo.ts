import type { Start } from '../../generation/run-generation.ts';
import type { EchoedTokens } from './completion-logprobs.ts';

/** The prompt that is put before the text; token ids are told by the prefill, which is asked for along with them. */
export function echoedPrompt(prompt: string | readonly number[], { prefill = [] }: Start): EchoedTokens {
  return { text: typeof prompt === 'string' ? prompt : prefill.map(({ text }) => text).join(''), tokens: prefill };
}
