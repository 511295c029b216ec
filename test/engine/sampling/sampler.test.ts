import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Candidates } from '../../../src/engine/sampling/candidates.ts';
import { GreenLists } from '../../../src/engine/sampling/green-lists.ts';
import { logSumExp } from '../../../src/engine/sampling/log-sum-exp.ts';
import { Sampler } from '../../../src/engine/sampling/sampler.ts';
import type { SamplingParameters } from '../../../src/engine/types.ts';
import { logSoftmax, referenceLogprobs } from '../support/reference-sampling.ts';
import { decodeFloats, keptLogprobs, type SamplingCase, samplingGoldens } from '../support/sampling-goldens.ts';
import { greedy, sampling } from '../support/sampling-parameters.ts';

function createSampler(
  parameters: SamplingParameters,
  vocabSize: number,
  options: { promptIds?: readonly number[]; seed?: bigint; watermark?: { gamma: number; delta: number } } = {},
): Sampler {
  const { promptIds = [0], seed = 1n, watermark = { gamma: 0.5, delta: 2 } } = options;
  const shared = { candidates: new Candidates(vocabSize), greenLists: new GreenLists(vocabSize, watermark) };
  return new Sampler({ promptIds, sampling: parameters }, parameters.doSample ? seed : undefined, shared);
}

/** One token and its whole distribution; OpenAI's penalties count generated tokens only, so those are drawn first. */
function distributionOf(golden: SamplingCase, doSample: boolean) {
  const { params } = golden;
  const logits = decodeFloats(golden.logits);
  const parameters = {
    ...greedy,
    doSample,
    temperature: params.temperature ?? 1,
    topK: params.top_k ?? 0,
    topP: params.top_p ?? 1,
    typicalP: params.typical_p ?? 1,
    minP: params.min_p ?? 0,
    repetitionPenalty: params.repetition_penalty ?? 1,
    frequencyPenalty: params.frequency_penalty ?? 0,
    openaiFrequencyPenalty: params.frequency_penalty_openai ?? 0,
    openaiPresencePenalty: params.presence_penalty_openai ?? 0,
    noRepeatNgram: params.no_repeat_ngram ?? 0,
    watermark: params.watermark !== undefined,
  };
  const generates = parameters.openaiFrequencyPenalty !== 0 || parameters.openaiPresencePenalty !== 0;
  const promptIds = generates ? [] : golden.context_ids;
  const watermark = { gamma: 0.5, delta: 2, ...params.watermark };
  const sampler = createSampler(parameters, logits.length, { promptIds, watermark });
  if (generates) {
    for (const id of golden.context_ids) {
      const row = new Float32Array(logits.length).fill(-1000);
      row[id] = 1000;
      expect(sampler.sample(row, 1000, 0).id).toBe(id);
    }
  }
  return sampler.sample(logits, logSumExp(logits), logits.length);
}

describe('the sampler, against the reference', () => {
  it.each(samplingGoldens.cases)('gives the distribution of case $id: $params', (golden) => {
    const expected = keptLogprobs(golden);
    const { id, logprob, topTokens } = distributionOf(golden, true);
    const ids = topTokens!.map((token) => token.id);
    expect(ids.toSorted((a, b) => a - b)).toEqual([...expected.keys()].sort((a, b) => a - b));
    expect(ids).toHaveLength(golden.kept);
    expect(ids[0]).toBe(golden.argmax);
    const errors = topTokens!.map((token) => {
      const reference = expected.get(token.id)!;
      return Math.abs(token.logprob - reference) / (1 + Math.abs(reference));
    });
    expect(Math.max(...errors)).toBeLessThanOrEqual(1e-5);
    expect(logprob).toBe(topTokens!.find((token) => token.id === id)!.logprob);
  });

  // Typical sampling may drop the likeliest token, and greedy decoding leaves it out.
  it.each(samplingGoldens.cases.filter(({ params }) => params.typical_p === undefined))(
    'takes the likeliest token of case $id when greedy',
    (golden) => {
      expect(distributionOf(golden, false).id).toBe(golden.argmax);
    },
  );
});

/** Scores with gaps, so that no threshold falls on a rounding error. */
const scores = fc
  .uniqueArray(fc.integer({ min: -90, max: 90 }), { minLength: 2, maxLength: 80 })
  .map((values) => Float32Array.from(values, (value) => value * 0.137 + (value % 7) * 0.011));
const warpers = fc.record({
  temperature: fc.constantFrom(1, 0.31, 0.9, 2),
  topK: fc.constantFrom(0, 1, 3, 17, 1000),
  topP: fc.constantFrom(1, 0.97, 0.6, 0.1),
  typicalP: fc.constantFrom(1, 0.93, 0.4),
  minP: fc.constantFrom(0, 0.02, 0.4),
});

/** Counts of the tokens drawn from the same row by one sampler. */
function drawCounts(parameters: SamplingParameters, row: Float32Array, numDraws: number): number[] {
  const sampler = createSampler(parameters, row.length, { seed: 2026n });
  const counts = new Array<number>(row.length).fill(0);
  for (let i = 0; i < numDraws; i++) counts[sampler.sample(row.slice(), logSumExp(row), 0).id]!++;
  return counts;
}

describe('the sampler', () => {
  it('keeps what full sorts keep, with the same log-probabilities', () => {
    fc.assert(
      fc.property(scores, warpers, (row, parameters) => {
        const expected = referenceLogprobs(row, sampling(parameters));
        const sampler = createSampler(sampling(parameters), row.length);
        const { topTokens } = sampler.sample(row.slice(), logSumExp(row), row.length);
        const drawn = new Map(topTokens!.map(({ id, logprob }) => [id, logprob]));
        for (const [id, logprob] of expected.entries()) {
          if (logprob === Number.NEGATIVE_INFINITY) expect(drawn.has(id)).toBe(false);
          else expect(drawn.get(id)).toBeCloseTo(logprob, 4);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('draws tokens as often as their probabilities say', () => {
    const row = Float32Array.of(1, 0, 2, -1, 0.5, -3, 1.5, 0.2);
    for (const parameters of [
      sampling(),
      sampling({ temperature: 0.7 }),
      sampling({ topK: 4 }),
      sampling({ topP: 0.8 }),
    ]) {
      const counts = drawCounts(parameters, row, 20_000);
      const probabilities = referenceLogprobs(row, parameters).map(Math.exp);
      const chiSquare = probabilities.reduce((sum, p, id) => {
        if (p === 0) expect(counts[id]).toBe(0);
        return p === 0 ? sum : sum + (counts[id]! - 20_000 * p) ** 2 / (20_000 * p);
      }, 0);
      // 99.9th percentile of chi-square with 7 degrees of freedom.
      expect(chiSquare).toBeLessThan(24.3);
    }
  });

  it('gives different tokens for seeds that differ only beyond 2^53', () => {
    const row = new Float32Array(500);
    const draw = (seed: bigint) => {
      const sampler = createSampler(sampling(), 500, { seed });
      return Array.from({ length: 6 }, () => sampler.sample(row.slice(), logSumExp(row), 0).id);
    };
    const seed = 2n ** 64n - 2n;
    expect(draw(seed)).toEqual(draw(seed));
    expect(draw(seed)).not.toEqual(draw(seed + 1n));
  });

  it("uses the model's normaliser where nothing changed the scores, and none but its own where something did", () => {
    const row = Float32Array.of(0, 3, 1);
    expect(createSampler(greedy, 3).sample(row.slice(), 10, 0)).toEqual({ id: 1, logprob: -7 });
    const biased = createSampler({ ...greedy, logitBias: new Map([[0, 9]]) }, 3).sample(row.slice(), 10, 0);
    expect(biased.id).toBe(0);
    expect(biased.logprob).toBeCloseTo(logSoftmax([9, 3, 1])[0]!, 6);
  });

  it('counts what it drew as context of the next token', () => {
    const sampler = createSampler({ ...greedy, openaiPresencePenalty: 2 }, 3);
    const draw = () => sampler.sample(Float32Array.of(1, 2, 3.5), 3.8, 0).id;
    expect([draw(), draw(), draw()]).toEqual([2, 1, 2]);
  });

  it('lists the likeliest tokens with ties, masked ones left out', () => {
    const row = Float32Array.of(1, 5, 3, 3, 3, 0);
    const ids = (parameters: SamplingParameters, count: number) =>
      createSampler(parameters, 6)
        .sample(row.slice(), logSumExp(row), count)
        .topTokens!.map((token) => token.id);
    expect(ids(greedy, 2)).toEqual([1, 2, 3, 4]);
    expect(ids(greedy, 4)).toEqual([1, 2, 3, 4]);
    expect(ids(greedy, 5)).toEqual([1, 2, 3, 4, 0]);
    expect(ids(sampling({ topK: 1 }), 5)).toEqual([1]);
  });

  it('splits ties at the end of the nucleus, later ids first', () => {
    const row = Float32Array.of(2, 2, 2, 2);
    const { topTokens } = createSampler(sampling({ topP: 0.5 }), 4).sample(row, logSumExp(row), 4);
    expect(topTokens!.map((token) => token.id)).toEqual([2, 3]);
  });

  it('samples at a temperature next to zero without overflow', () => {
    const sampler = createSampler(sampling({ temperature: 1e-30 }), 3);
    expect(sampler.sample(Float32Array.of(80, 90, 70), 90, 0)).toEqual({ id: 1, logprob: 0 });
  });

  it('takes any repetition penalty above zero: next to zero the likeliest token of the context is certain', () => {
    for (const parameters of [greedy, sampling(), sampling({ temperature: 0.5, topP: 0.9, typicalP: 0.9 })]) {
      const extreme = (repetitionPenalty: number, row: Float32Array) =>
        createSampler({ ...parameters, repetitionPenalty }, 4, { promptIds: [0, 1, 2] }).sample(row, 0, 0);
      expect(extreme(1e-300, Float32Array.of(2, 3, -4, 9))).toEqual({ id: 1, logprob: 0 });
      expect(extreme(1e300, Float32Array.of(-2, -3, -4, 1))).toEqual({ id: 3, logprob: 0 });
      // Nothing is banned, however large the penalty: one of these has to be drawn.
      expect(extreme(1e300, Float32Array.of(-2, -3, -4, Number.NEGATIVE_INFINITY))).toEqual({ id: 0, logprob: 0 });
    }
  });

  it('refuses scores that are not numbers, and a vocabulary that is banned altogether', () => {
    const row = Float32Array.of(0, Number.NaN, 1);
    const everything = new Map([0, 1, 2].map((id) => [id, Number.NEGATIVE_INFINITY]));
    const notNumbers = expect.objectContaining({ code: 'generation', message: expect.stringContaining('not numbers') });
    const banned = expect.objectContaining({ code: 'generation', message: expect.stringContaining('banned') });
    for (const parameters of [greedy, sampling(), sampling({ topK: 1 }), sampling({ topP: 0.1, temperature: 0.5 })]) {
      for (const wrong of [
        row,
        row.map(() => Number.NaN),
        Float32Array.of(Number.NEGATIVE_INFINITY, Number.NaN, Number.NaN),
      ])
        expect(() => createSampler(parameters, 3).sample(wrong.slice(), logSumExp(wrong), 0)).toThrow(notNumbers);
      const bans = { ...parameters, logitBias: everything };
      expect(() => createSampler(bans, 3).sample(Float32Array.of(0, 1, 2), 2.4, 0)).toThrow(banned);
    }
  });
});
