import { ParlanceError } from '../errors/errors.ts';
import type { TextLimits } from './types.ts';

/** How much TGI reserves for an answer at first, and so what it checks. */
const RESERVED_NEW_TOKENS = 1024;

/** How many tokens an answer may have. As in TGI, more than fits is asked for in vain unless its first 1024 tokens don't
 * fit either, which is refused.
 * @param wanted undefined: as many as fit
 * @throws context_length_exceeded in TGI's words and order
 * @see text-generation-inference router/src/validation.rs, Validation::validate_input */
export function allowedNewTokens(numPromptTokens: number, wanted: number | undefined, limits: TextLimits): number {
  const { maxInputTokens, maxTotalTokens } = limits;
  const room = Math.max(0, maxTotalTokens - numPromptTokens);
  const checked = Math.min(wanted ?? room, RESERVED_NEW_TOKENS);
  if (numPromptTokens + checked > maxTotalTokens) {
    const given = `Given: ${numPromptTokens} \`inputs\` tokens and ${checked} \`max_new_tokens\``;
    const message = `\`inputs\` tokens + \`max_new_tokens\` must be <= ${maxTotalTokens}. ${given}`;
    const param = numPromptTokens > maxInputTokens ? 'inputs' : 'max_new_tokens';
    throw new ParlanceError('context_length_exceeded', message, { param });
  }
  if (numPromptTokens > maxInputTokens) {
    const message = `\`inputs\` must have less than ${maxInputTokens} tokens. Given: ${numPromptTokens}`;
    throw new ParlanceError('context_length_exceeded', message, { param: 'inputs' });
  }
  return Math.min(wanted ?? room, room);
}

/** @throws validation where there is nothing to continue */
export function assertPrompt(prompt: string | readonly number[]): void {
  if (prompt.length === 0) throw new ParlanceError('validation', '`inputs` cannot be empty', { param: 'inputs' });
}
