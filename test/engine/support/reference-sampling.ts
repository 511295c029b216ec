import type { SamplingParameters } from '../../../src/engine/types.ts';

/** The warpers by full sorts, as their papers and PyTorch's implementations spell them: slow, and easy to believe.
 * @returns log-probabilities, -Infinity where a token is masked */
export function referenceLogprobs(row: Float32Array, parameters: SamplingParameters): number[] {
  const { temperature, topK, topP, typicalP, minP } = parameters;
  let scores = [...row].map((score) => score / temperature);
  if (topK > 0) scores = topKByOrder(scores, topK);
  if (topP < 1) scores = topPByOrder(scores, topP);
  if (typicalP < 1) scores = typicalByOrder(scores, typicalP);
  if (minP > 0) scores = minPByRatio(scores, minP);
  return logSoftmax(scores);
}

export function logSoftmax(scores: readonly number[]): number[] {
  const highest = Math.max(...scores);
  const logTotal = highest + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - highest), 0));
  return scores.map((score) => score - logTotal);
}

function topKByOrder(scores: number[], k: number): number[] {
  const kth = [...scores].sort((a, b) => b - a)[Math.min(k, scores.length) - 1]!;
  return scores.map((score) => (score < kth ? Number.NEGATIVE_INFINITY : score));
}

function topPByOrder(scores: number[], p: number): number[] {
  const logprobs = logSoftmax(scores);
  const ascending = scores.map((_, id) => id).sort((a, b) => scores[a]! - scores[b]! || a - b);
  const removed = new Set<number>();
  let cumulative = 0;
  for (const id of ascending.slice(0, -1)) {
    cumulative += Math.exp(logprobs[id]!);
    if (cumulative <= 1 - p) removed.add(id);
  }
  return scores.map((score, id) => (removed.has(id) ? Number.NEGATIVE_INFINITY : score));
}

function typicalByOrder(scores: number[], mass: number): number[] {
  const logprobs = logSoftmax(scores);
  const entropy = logprobs.reduce((sum, l) => (l === Number.NEGATIVE_INFINITY ? sum : sum - l * Math.exp(l)), 0);
  const distance = logprobs.map((logprob) => Math.abs(-logprob - entropy));
  const nearest = scores.map((_, id) => id).sort((a, b) => distance[a]! - distance[b]! || a - b);
  let cumulative = 0;
  const last = nearest.find((id) => {
    cumulative += Math.exp(logprobs[id]!);
    return cumulative >= mass;
  });
  const limit = distance[last ?? nearest.at(-1)!]!;
  return scores.map((score, id) => (distance[id]! > limit ? Number.NEGATIVE_INFINITY : score));
}

function minPByRatio(scores: number[], p: number): number[] {
  const probabilities = logSoftmax(scores).map(Math.exp);
  const limit = p * Math.max(...probabilities);
  return scores.map((score, id) => (probabilities[id]! < limit ? Number.NEGATIVE_INFINITY : score));
}
