import type { GenerationEvent, TokenLogprob } from '../engine/types.ts';
import { promptPieces } from './prompt-pieces.ts';
import { toTopTokens } from './to-token.ts';
import type { Tokenizer } from './tokenizer.ts';
import type { PrefillToken, TextGenerationEvent, Token } from './types.ts';

type Start = Extract<TextGenerationEvent, { type: 'start' }>;
type EnginePrefill = Extract<GenerationEvent, { type: 'prefill' }>;

/** What is told of a prompt once it is computed. */
export async function startEvent(
  prefill: EnginePrefill,
  { promptIds, wantsPieces }: { readonly promptIds: readonly number[]; readonly wantsPieces: boolean | undefined },
  tokenizer: Tokenizer,
): Promise<Start> {
  return {
    type: 'start',
    promptIds,
    numCachedTokens: prefill.numCachedTokens,
    ...(wantsPieces && { promptPieces: await promptPieces(promptIds, tokenizer) }),
    ...(prefill.promptLogprobs && { prefill: await prefillTokens(prefill, promptIds, tokenizer) }),
  };
}

async function prefillTokens(
  { promptLogprobs, promptTopTokens }: EnginePrefill,
  promptIds: readonly number[],
  tokenizer: Tokenizer,
): Promise<PrefillToken[]> {
  const texts = await tokenizer.decodeEach(promptIds);
  const topTokens = promptTopTokens && (await toTopTokenLists(promptTopTokens, tokenizer));
  return promptIds.map((id, index) => ({
    id,
    text: texts[index]!,
    logprob: index === 0 ? null : promptLogprobs![index]!,
    ...(topTokens && { topTokens: topTokens[index]! }),
  }));
}

/** The lists of many places, decoded as one. */
async function toTopTokenLists(
  lists: readonly (readonly TokenLogprob[])[],
  tokenizer: Tokenizer,
): Promise<(readonly Token[])[]> {
  const tokens = await toTopTokens(lists.flat(), tokenizer);
  let end = 0;
  return lists.map(({ length }) => {
    end += length;
    return tokens.slice(end - length, end);
  });
}
