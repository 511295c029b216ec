import type { Token } from '../../../text/types.ts';
import type { TokenEvent } from '../../generation/run-generation.ts';
import { shortestFloat32 } from '../../json/float32.ts';

/** `logprobs.content` of some tokens. Special tokens are no part of the text, so they are left out. */
export function openaiChatLogprobs(tokens: readonly TokenEvent[]) {
  const visible = tokens.filter(({ token }) => !token.special);
  return {
    content: visible.map(({ token, topTokens }) => ({ ...entry(token), top_logprobs: (topTokens ?? []).map(entry) })),
    refusal: null,
  };
}

/** `bytes` lets clients join characters that several tokens make up. */
function entry({ text, logprob }: Token) {
  return { token: text, logprob: shortestFloat32(logprob), bytes: [...Buffer.from(text)] };
}
