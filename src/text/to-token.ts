import type { TokenLogprob } from '../engine/types.ts';
import type { Tokenizer } from './tokenizer.ts';
import type { Token } from './types.ts';

export function toToken({ id, logprob }: TokenLogprob, text: string, { specialIds }: Tokenizer): Token {
  return { id, text, logprob, special: specialIds.has(id) };
}

/** Tokens that stand beside others, each with the text that it has alone. */
export async function toTopTokens(tokens: readonly TokenLogprob[], tokenizer: Tokenizer): Promise<Token[]> {
  const texts = await tokenizer.decodeEach(tokens.map(({ id }) => id));
  return tokens.map((token, index) => toToken(token, texts[index]!, tokenizer));
}
