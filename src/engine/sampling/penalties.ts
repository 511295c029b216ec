import type { TokenCounts } from './token-counts.ts';

/** Divides positive scores, multiplies negative ones, once for each token of the context. In place.
 * @see https://arxiv.org/abs/1909.05858 */
export function applyRepetitionPenalty(row: Float32Array, context: TokenCounts, penalty: number): void {
  for (const [id] of context) {
    const score = row[id]!;
    row[id] = score < 0 ? score * penalty : score / penalty;
  }
}

/** TGI's frequency penalty: by the share of the context that a token makes up. In place. */
export function applyFrequencyPenalty(row: Float32Array, context: TokenCounts, penalty: number): void {
  for (const [id, count] of context) row[id]! -= (penalty * count) / context.length;
}

/** OpenAI's penalties: by the number of times a token was generated, and for having been generated at all. In place.
 * @see https://platform.openai.com/docs/api-reference/chat/create */
export function applyOpenaiPenalties(
  row: Float32Array,
  generated: TokenCounts,
  penalties: { frequency: number; presence: number },
): void {
  for (const [id, count] of generated) row[id]! -= penalties.frequency * count + penalties.presence;
}
