import type { Encoder } from './encoder.ts';
import { assertPrompt } from './prompt-limits.ts';
import type { TextGenerationRequest } from './types.ts';

export interface EncodedPrompt {
  readonly ids: readonly number[];
  /** What limits hold and the client is told: TGI's router counts before its engine drops a repeated BOS. */
  readonly numCounted: number;
}

/** The tokens that a generation begins with, as TGI's tokenizer makes them: truncation is on the left and spares the
 * special tokens, and a BOS that the text brings along beside the tokenizer's own counts once.
 * @throws validation for an empty prompt */
export async function encodePrompt(
  { prompt, addSpecialTokens, truncate = Number.POSITIVE_INFINITY }: TextGenerationRequest,
  encoder: Encoder,
  signal?: AbortSignal,
): Promise<EncodedPrompt> {
  assertPrompt(prompt);
  const ids = typeof prompt === 'string' ? await encoder.encode(prompt, addSpecialTokens, signal) : prompt;
  assertPrompt(ids);
  const hasSpecialTokens = typeof prompt === 'string' && addSpecialTokens;
  const isPlain = ids.length <= truncate && ids[0] !== ids[1];
  const leading = hasSpecialTokens && !isPlain ? await leadingSpecialIds(ids, encoder, signal) : [];
  const kept = keepLast(ids, truncate, leading.length);
  const hasRepeatedBos = leading.length > 0 && kept[0] === leading[0] && kept[1] === leading[0];
  return { ids: hasRepeatedBos ? kept.slice(1) : kept, numCounted: kept.length };
}

/** The special tokens that the tokenizer put before the text. */
async function leadingSpecialIds(
  ids: readonly number[],
  encoder: Encoder,
  signal?: AbortSignal,
): Promise<readonly number[]> {
  const added = await encoder.encode('', true, signal);
  return added.every((id, i) => ids[i] === id) ? added : [];
}

/** The first `numSpared` and the last of the ids, `limit` in all. */
function keepLast(ids: readonly number[], limit: number, numSpared: number): readonly number[] {
  if (ids.length <= limit) return ids;
  const spared = ids.slice(0, Math.min(numSpared, limit));
  return [...spared, ...ids.slice(ids.length - (limit - spared.length))];
}
