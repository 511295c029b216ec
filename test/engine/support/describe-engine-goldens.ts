import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LoadedEngine, loadEngine } from '../../../src/engine/load-engine.ts';
import type { GenerationEvent, GenerationRequest } from '../../../src/engine/types.ts';
import type { GoldenModel, GoldenPrompt } from '../../models/support/goldens.ts';
import { collect, idsOf, request } from './engine.ts';

/** What the fixtures' README allows an engine that computes in float32. */
const TOLERANCE = 1e-4;

/** A small chunk, so that prompts take several. */
export const engineSettings = {
  numThreads: 1,
  maxTotalTokens: 160,
  maxBatchTotalTokens: 4096,
  maxBatchSize: 8,
  batching: { maxBatchPrefillTokens: 256, waitingServedRatio: 0.3, maxWaitingTokens: 20, prefillChunkTokens: 16 },
  watermark: { gamma: 0.5, delta: 2 },
};

export function goldenRequest(
  { ids, greedy }: GoldenPrompt,
  stopIds: readonly number[],
  overrides: Partial<GenerationRequest> = {},
): GenerationRequest {
  // One more than the reference generated where an eos id ended it, since `length` wins at the limit.
  const maxNewTokens = greedy.ids.length + (greedy.finish_reason === 'eos_token' ? 1 : 0);
  return request(ids, { maxNewTokens, stopIds, numTopTokens: 5, ...overrides });
}

export function expectGolden(events: readonly GenerationEvent[], { greedy }: GoldenPrompt): void {
  const tokens = events.filter((event) => event.type === 'token');
  expect(idsOf(events)).toEqual(greedy.ids);
  expect(tokens.at(-1)!.finishReason).toBe(greedy.finish_reason === 'eos_token' ? 'stop-id' : 'length');
  for (const [step, { logprob, topTokens }] of tokens.entries()) {
    expect(Math.abs(logprob - greedy.logprobs[step]!)).toBeLessThan(TOLERANCE);
    const expected = greedy.top5[step]!;
    expect(topTokens!.map(({ id }) => id)).toEqual(expected.map(([id]) => id));
    for (const [i, top] of topTokens!.entries())
      expect(Math.abs(top.logprob - expected[i]![1])).toBeLessThan(TOLERANCE);
  }
}

/** Holds a model, served by the engine, against transformers' results. */
export function describeEngineGoldens({ folder, goldens }: GoldenModel): void {
  describe(`the engine, serving ${goldens.name}`, () => {
    let loaded: LoadedEngine;

    beforeAll(async () => {
      const fail = (warning: string) => expect(warning).toBe('');
      loaded = await loadEngine({ folder, ...engineSettings }, { onProgress: () => {}, onWarning: fail });
    });
    afterAll(() => loaded.close());

    it('generates the reference’s tokens, each prompt alone', async () => {
      for (const prompt of goldens.prompts) {
        expectGolden(await collect(loaded.engine.generate(goldenRequest(prompt, goldens.eos_token_ids))), prompt);
      }
    });

    it('generates them from a prefix that a slot still holds', async () => {
      for (const prompt of goldens.prompts) {
        const events = await collect(loaded.engine.generate(goldenRequest(prompt, goldens.eos_token_ids)));
        expect(events[0]).toMatchObject({ numCachedTokens: prompt.ids.length - 1 });
        expectGolden(events, prompt);
      }
    });

    it('generates them in one batch, where sequences come, share prompts, and go', async () => {
      const prompts = [...goldens.prompts, ...goldens.prompts, ...goldens.prompts];
      const outcomes = await Promise.all(
        prompts.map((prompt) => collect(loaded.engine.generate(goldenRequest(prompt, goldens.eos_token_ids)))),
      );
      for (const [i, events] of outcomes.entries()) expectGolden(events, prompts[i]!);
      expect(loaded.engine.statistics()).toEqual({ numRunning: 0, numWaiting: 0, numBatchTokens: 0 });
    });

    it('scores the prompts as the reference does', async () => {
      const scored = goldens.prompts.map((prompt) => {
        const wanted = goldenRequest(prompt, goldens.eos_token_ids, { promptLogprobs: true });
        return collect(loaded.engine.generate(wanted));
      });
      for (const [i, events] of (await Promise.all(scored)).entries()) {
        const [prefill] = events;
        const { prefill_logprobs: expected } = goldens.prompts[i]!;
        const logprobs = prefill?.type === 'prefill' ? prefill.promptLogprobs! : new Float32Array();
        expect(logprobs).toHaveLength(expected.length);
        expect(logprobs[0]).toBeNaN();
        for (const [position, logprob] of logprobs.entries()) {
          if (position > 0) expect(Math.abs(logprob - expected[position]!)).toBeLessThan(TOLERANCE);
        }
        expectGolden(events, goldens.prompts[i]!);
      }
    });
  });
}
