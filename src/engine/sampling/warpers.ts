import type { Candidates } from './candidates.ts';
import { kthLargest } from './kth-largest.ts';
import { selectByWeight } from './select-by-weight.ts';

/** Divides the scores, after moving the highest to 0: the distribution is the same and no temperature overflows. */
export function applyTemperature(candidates: Candidates, temperature: number): void {
  const { scores, length } = candidates;
  const highest = candidates.highestScore();
  for (let i = 0; i < length; i++) scores[i] = (scores[i]! - highest) / temperature;
}

/** Keeps the k highest scores, and those that tie with the last of them. */
export function keepTopK(candidates: Candidates, k: number): void {
  if (k >= candidates.length) return;
  candidates.keepFrom(kthLargest(candidates.scores, { length: candidates.length, k }));
}

/** Keeps the likeliest tokens, each as long as those above it have less than `p` of the probability.
 * Of tokens that tie at the end the later ids are kept, as after PyTorch's ascending sort. */
export function keepTopP(candidates: Candidates, p: number): void {
  const total = candidates.weigh(candidates.highestScore());
  const target = p * total;
  const { scores, weights, length } = candidates;
  const { key, weightBefore, numTies } = selectByWeight(scores, weights, { length, target });
  const tieWeight = weights[scores.indexOf(key)]!;
  const numTiesKept = tieWeight === 0 ? numTies : Math.max(1, Math.ceil((target - weightBefore) / tieWeight));
  candidates.keepFrom(key, scores, Math.max(0, numTies - numTiesKept));
}

/** Locally typical sampling: keeps the tokens whose information is closest to the entropy, until they have `mass` of the
 * probability. @see https://arxiv.org/abs/2202.00666 */
export function keepTypicalP(candidates: Candidates, mass: number): void {
  const { scores, weights, length } = candidates;
  const highest = candidates.highestScore();
  const total = candidates.weigh(highest);
  const logTotal = highest + Math.log(total);
  let entropy = 0;
  for (let i = 0; i < length; i++) if (weights[i]! > 0) entropy += (weights[i]! / total) * (logTotal - scores[i]!);
  const closeness = new Float32Array(length);
  for (let i = 0; i < length; i++) closeness[i] = -Math.abs(logTotal - scores[i]! - entropy);
  const { key } = selectByWeight(closeness, weights, { length, target: mass * total });
  candidates.keepFrom(key, closeness);
}

/** Keeps tokens at least `p` times as likely as the likeliest. */
export function keepMinP(candidates: Candidates, p: number): void {
  candidates.keepFrom(candidates.highestScore() + Math.log(p));
}
