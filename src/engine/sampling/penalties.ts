import type { TokenCounts } from './token-counts.ts';

/** A penalty beyond it, or below its inverse, leaves a token all or nothing already; up to it, no score that a model gives
 * (1e8 would be the limit) overflows float32, and their order stays. */
const EXTREME_PENALTY = 1e30;

/** Divides positive scores, multiplies negative ones, once for each token of the context. In place.
 * @param penalty above 0
 * @see https://arxiv.org/abs/1909.05858 */
export function applyRepetitionPenalty(row: Float32Array, context: TokenCounts, penalty: number): void {
  const factor = Math.min(Math.max(penalty, 1 / EXTREME_PENALTY), EXTREME_PENALTY);
  for (const [id] of context) {
    const score = row[id]!;
    row[id] = score < 0 ? score * factor : score / factor;
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
