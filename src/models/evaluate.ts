import type { CausalModel, Logits } from './causal-model.ts';

/** Tokens of a text, and from which on a model's predictions count. */
export interface Passage {
  readonly tokens: readonly number[];
  /** Index of the first token that is to be predicted. @default 1 */
  readonly firstPredicted?: number;
}

/** How a model predicts texts, beside a reference. */
export interface Evaluation {
  readonly numTokens: number;
  readonly perplexity: number;
  /** Mean Kullback-Leibler divergence from the reference's distributions, in nats. */
  readonly meanDivergence: number;
  /** Share of tokens for which the likeliest one is the reference's. */
  readonly topAgreement: number;
}

/** Rows of two models are held beside each other: 64 of them take 64 MiB at a vocabulary of 128k. */
const chunkTokens = 64;

/** Has two models predict the same passages, which are to fit their slots; uses slot 0 of each.
 * @param model may be the reference itself */
export async function evaluate(
  model: CausalModel,
  reference: CausalModel,
  passages: readonly Passage[],
): Promise<Evaluation> {
  let [numTokens, surprise, divergence, numAgreeing] = [0, 0, 0, 0];
  for (const { tokens, firstPredicted = 1 } of passages)
    for (let start = 0; start < tokens.length; start += chunkTokens) {
      const chunk = { slot: 0, start, tokens: tokens.slice(start, start + chunkTokens), logits: 'all' } as const;
      const promptLength = tokens.length;
      const expected = await reference.prefill({ ...chunk, promptLength });
      const actual = model === reference ? expected : await model.prefill({ ...chunk, promptLength });
      for (let row = 0; row < actual.numRows; row++) {
        const next = start + row + 1;
        if (next < firstPredicted || next >= tokens.length) continue;
        const compared = compareRows(actual, expected, row);
        numTokens += 1;
        surprise += actual.logSumExp(row) - actual.row(row)[tokens[next]!]!;
        divergence += compared.divergence;
        numAgreeing += compared.agrees ? 1 : 0;
      }
    }
  return {
    numTokens,
    perplexity: Math.exp(surprise / numTokens),
    meanDivergence: divergence / numTokens,
    topAgreement: numAgreeing / numTokens,
  };
}

function compareRows(actual: Logits, expected: Logits, row: number): { divergence: number; agrees: boolean } {
  const [scores, likelihoods] = [actual.row(row), expected.row(row)];
  const [sum, expectedSum] = [actual.logSumExp(row), expected.logSumExp(row)];
  let [divergence, top, expectedTop] = [0, 0, 0];
  for (let id = 0; id < likelihoods.length; id++) {
    const expectedLogprob = likelihoods[id]! - expectedSum;
    divergence += Math.exp(expectedLogprob) * (expectedLogprob - (scores[id]! - sum));
    if (scores[id]! > scores[top]!) top = id;
    if (likelihoods[id]! > likelihoods[expectedTop]!) expectedTop = id;
  }
  return { divergence, agrees: top === expectedTop };
}
