import { ParlanceError } from '../../errors/errors.ts';
import type { TokenMask } from '../../grammar/masks/token-mask.ts';
import type { SamplingParameters, TokenLogprob } from '../types.ts';
import { applyMask } from './apply-mask.ts';
import type { Candidates } from './candidates.ts';
import type { GreenLists } from './green-lists.ts';
import { argmax, logSumExp } from './log-sum-exp.ts';
import { banRepeatedNgrams } from './no-repeat-ngram.ts';
import { applyFrequencyPenalty, applyOpenaiPenalties, applyRepetitionPenalty } from './penalties.ts';
import { Random } from './random.ts';
import { TokenCounts } from './token-counts.ts';
import { topTokens } from './top-tokens.ts';
import { applyTemperature, keepMinP, keepTopK, keepTopP, keepTypicalP } from './warpers.ts';

/** What the samplers of one engine share. */
export interface SamplerContext {
  readonly candidates: Candidates;
  readonly greenLists: GreenLists;
}

export interface SampledToken extends TokenLogprob {
  readonly topTokens?: readonly TokenLogprob[];
}

/** Draws the tokens of one sequence: the logits processors, the warpers, then a draw, in TGI's order.
 * Each drawn token takes one number of the sequence's own random stream, so neighbours in a batch change nothing.
 * Greedy sequences pass the processors and leave the warpers out. */
export class Sampler {
  readonly #parameters: SamplingParameters;
  readonly #shared: SamplerContext;
  readonly #random: Random | undefined;
  readonly #context: number[];
  readonly #contextCounts: TokenCounts | undefined;
  readonly #generatedCounts: TokenCounts | undefined;

  /** @param seed undefined for greedy decoding */
  constructor(
    request: { promptIds: readonly number[]; sampling: SamplingParameters },
    seed: bigint | undefined,
    shared: SamplerContext,
  ) {
    const parameters = request.sampling;
    const countsContext = parameters.repetitionPenalty !== 1 || parameters.frequencyPenalty !== 0;
    const countsGenerated = parameters.openaiFrequencyPenalty !== 0 || parameters.openaiPresencePenalty !== 0;
    this.#parameters = parameters;
    this.#shared = shared;
    this.#random = seed === undefined ? undefined : new Random(seed);
    this.#context = [...request.promptIds];
    this.#contextCounts = countsContext ? new TokenCounts(request.promptIds) : undefined;
    this.#generatedCounts = countsGenerated ? new TokenCounts() : undefined;
  }

  /** Draws the sequence's next token and takes it into the context.
   * @param row [vocabSize], the model's scores; changed in place
   * @param rowLogSumExp log Σ exp of the row
   * @param mask the tokens that a grammar allows
   * @throws generation where the scores are not numbers, or every token is banned */
  sample(row: Float32Array, rowLogSumExp: number, numTopTokens: number, mask?: TokenMask): SampledToken {
    const isProcessed = this.#process(row) || mask !== undefined;
    if (mask !== undefined) applyMask(row, mask);
    const token =
      this.#random === undefined
        ? takeLikeliest(row, isProcessed ? logSumExp(row) : rowLogSumExp, numTopTokens)
        : this.#draw(row, this.#random, numTopTokens);
    this.#context.push(token.id);
    this.#contextCounts?.add(token.id);
    this.#generatedCounts?.add(token.id);
    return token;
  }

  /** @returns whether the row was changed */
  #process(row: Float32Array): boolean {
    const { logitBias, watermark, repetitionPenalty, frequencyPenalty, noRepeatNgram } = this.#parameters;
    for (const [id, bias] of logitBias) row[id]! += bias;
    if (watermark) {
      const { greenLists } = this.#shared;
      for (const id of greenLists.after(this.#context.at(-1)!)) row[id]! += greenLists.delta;
    }
    if (this.#contextCounts !== undefined) {
      applyRepetitionPenalty(row, this.#contextCounts, repetitionPenalty);
      applyFrequencyPenalty(row, this.#contextCounts, frequencyPenalty);
    }
    if (this.#generatedCounts !== undefined) {
      const { openaiFrequencyPenalty: frequency, openaiPresencePenalty: presence } = this.#parameters;
      applyOpenaiPenalties(row, this.#generatedCounts, { frequency, presence });
    }
    if (noRepeatNgram > 0) banRepeatedNgrams(row, this.#context, noRepeatNgram);
    const isCounted = this.#contextCounts !== undefined || this.#generatedCounts !== undefined;
    return logitBias.size > 0 || watermark || isCounted || noRepeatNgram > 0;
  }

  #draw(row: Float32Array, random: Random, numTopTokens: number): SampledToken {
    const { candidates } = this.#shared;
    candidates.reset(row);
    checkScore(candidates.highestScore());
    this.#warp(candidates);
    const highest = candidates.highestScore();
    const total = candidates.weigh(highest);
    const logTotal = highest + Math.log(total);
    checkScore(logTotal);
    const index = pick(candidates, random.nextFloat() * total);
    const token = { id: candidates.ids[index]!, logprob: candidates.scores[index]! - logTotal };
    return numTopTokens === 0 ? token : { ...token, topTokens: topTokens(candidates, logTotal, numTopTokens) };
  }

  #warp(candidates: Candidates): void {
    const { temperature, topK, topP, typicalP, minP } = this.#parameters;
    if (temperature !== 1) applyTemperature(candidates, temperature);
    if (topK > 0) keepTopK(candidates, topK);
    if (topP < 1) keepTopP(candidates, topP);
    if (typicalP < 1) keepTypicalP(candidates, typicalP);
    if (minP > 0) keepMinP(candidates, minP);
  }
}

function takeLikeliest(row: Float32Array, normaliser: number, numTopTokens: number): SampledToken {
  checkScore(normaliser);
  const id = argmax(row);
  const token = { id, logprob: row[id]! - normaliser };
  if (numTopTokens === 0) return token;
  const tokens = { scores: row, ids: undefined, length: row.length };
  return { ...token, topTokens: topTokens(tokens, normaliser, numTopTokens) };
}

/** Index of the candidate at which the weights, summed up, pass `point`; the last that can be drawn where rounding runs over. */
function pick({ weights, length }: Candidates, point: number): number {
  let sum = 0;
  let last = 0;
  for (let i = 0; i < length; i++) {
    if (weights[i] === 0) continue;
    sum += weights[i]!;
    last = i;
    if (sum > point) break;
  }
  return last;
}

/** @param score the highest of a row, or log Σ exp of it @throws generation */
function checkScore(score: number): void {
  if (Number.isFinite(score)) return;
  const problem =
    score === Number.NEGATIVE_INFINITY
      ? 'every token is banned: loosen no_repeat_ngram or logit_bias'
      : 'the model gave scores that are not numbers';
  throw new ParlanceError('generation', problem);
}
