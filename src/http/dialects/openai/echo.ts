import type { Start } from '../../generation/run-generation.ts';

/** The prompt as text; token ids are told by the prefill, which is asked for along with them. */
export function echoedPrompt(prompt: string | readonly number[], { prefill }: Start): string {
  return typeof prompt === 'string' ? prompt : (prefill ?? []).map(({ text }) => text).join('');
}
