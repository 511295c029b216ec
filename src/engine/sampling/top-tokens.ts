import type { TokenLogprob } from '../types.ts';
import { kthLargest } from './kth-largest.ts';

/** Scores with their ids, all of the vocabulary where `ids` is undefined. */
interface ScoredTokens {
  readonly scores: Float32Array;
  readonly ids: Uint32Array | undefined;
  readonly length: number;
}

/** The `count` likeliest tokens and those that tie with the last of them, as TGI gives them; masked ones never.
 * @param logSumExp log Σ exp of the scores
 * @returns by falling logprob, ties by id */
export function topTokens(tokens: ScoredTokens, logSumExp: number, count: number): TokenLogprob[] {
  const { scores, ids, length } = tokens;
  const threshold = kthLargest(scores, { length, k: count });
  const top: TokenLogprob[] = [];
  for (let i = 0; i < length; i++) {
    const score = scores[i]!;
    if (score < threshold || score === Number.NEGATIVE_INFINITY) continue;
    top.push({ id: ids === undefined ? i : ids[i]!, logprob: score - logSumExp });
  }
  return top.sort((a, b) => b.logprob - a.logprob || a.id - b.id);
}
