import type { PrefillToken, Token } from '../../../text/types.ts';
import type { TokenEvent } from '../../generation/run-generation.ts';
import { shortestFloat32 } from '../../json/float32.ts';

export interface CompletionLogprobs {
  readonly tokens: string[];
  readonly token_logprobs: (number | null)[];
  readonly top_logprobs: (Record<string, number | null> | null)[];
  readonly text_offset: number[];
}

export interface EchoedTokens {
  readonly text: string;
  readonly tokens: readonly PrefillToken[];
}

/** The older form of logprobs: parallel lists of all tokens, special ones too: scorers count on one entry a token, the one
 * that ends the answer included. What is no part of the text has no width in it.
 * @param offset characters of the text before the first of these tokens
 * @param echo where the prompt is echoed: its text and tokens, of which those that the tokenizer added are not in the text */
export function openaiCompletionLogprobs(
  tokens: readonly TokenEvent[],
  offset: number,
  echo?: EchoedTokens,
): CompletionLogprobs {
  const lists: CompletionLogprobs = { tokens: [], token_logprobs: [], top_logprobs: [], text_offset: [] };
  let end = offset;
  const add = (
    text: string,
    logprob: number | null,
    top: CompletionLogprobs['top_logprobs'][number],
    width: number,
  ) => {
    lists.tokens.push(text);
    lists.token_logprobs.push(logprob === null ? null : shortestFloat32(logprob));
    lists.top_logprobs.push(top);
    lists.text_offset.push(end);
    end += width;
  };
  for (const token of echo?.tokens ?? []) {
    const width = echo?.text.startsWith(token.text, end - offset) ? token.text.length : 0;
    add(token.text, token.logprob, token.logprob === null ? null : likeliest(token, token.topTokens), width);
  }
  for (const { token, topTokens } of tokens) {
    add(token.text, token.logprob, likeliest(token, topTokens), token.special ? 0 : token.text.length);
  }
  return lists;
}

/** The likeliest tokens in the place of one, and that one in any case. Of tokens with the same text the likelier counts. */
function likeliest(token: Pick<PrefillToken, 'text' | 'logprob'>, topTokens: readonly Token[] = []) {
  const logprobs = new Map<string, number | null>();
  for (const { text, logprob } of [...topTokens, token]) {
    if (!logprobs.has(text)) logprobs.set(text, logprob === null ? null : shortestFloat32(logprob));
  }
  return Object.fromEntries(logprobs);
}
