import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LoadedModel, loadModel } from '../../../src/models/load-model.ts';
import { openRuntime } from '../../../src/runtime/open-runtime.ts';
import type { MemoryBlock, Runtime } from '../../../src/runtime/runtime.ts';
import { copyRow, type GreedyStep, generateGreedily, logprob, maxDifference, prefill } from './generate.ts';
import type { GoldenModel, GoldenPrompt } from './goldens.ts';
import { fillWithNaN, recordBlocks } from './stale-cache.ts';

/** What the fixtures' README allows an engine that computes in float32. */
const tolerance = 1e-4;

const numSlots = 4;

/** Holds a model against transformers' results, on one runtime. */
export function describeModelGoldens({ folder, goldens }: GoldenModel, kind: 'c-api' | 'node'): void {
  describe(`${goldens.name} on the ${kind} runtime`, () => {
    const prompts = goldens.prompts.map(({ ids }) => ids);
    let runtime: Runtime;
    let loaded: LoadedModel;
    let blocks: MemoryBlock[];

    beforeAll(async () => {
      const recorded = recordBlocks(await openRuntime({ kind }));
      ({ runtime, blocks } = recorded);
      loaded = await loadModel({ folder, runtime, numSlots, maxPositions: 256, numThreads: 1 });
    });
    afterAll(() => {
      loaded.model.dispose();
      runtime.dispose();
    });

    it('stops at the checkpoint’s eos ids', () => {
      expect([...loaded.eosTokenIds].sort()).toEqual([...goldens.eos_token_ids].sort());
    });

    it('gives the reference’s logits at the end of each prompt', async () => {
      for (const { ids, last_logits } of goldens.prompts)
        expect(maxDifference((await prefill(loaded.model, 1, ids)).logits, last_logits)).toBeLessThan(tolerance);
    });

    it('gives the reference’s log-probabilities of each prompt token', async () => {
      for (const { ids, prefill_logprobs } of goldens.prompts) {
        const logits = await loaded.model.prefill({ slot: 2, start: 0, tokens: ids, logits: 'all' });
        const logprobs = ids.slice(1).map((id, index) => logprob(copyRow(logits, index), id));
        expect(maxDifference(logprobs, prefill_logprobs.slice(1).map(Number))).toBeLessThan(tolerance);
      }
    });

    it('generates the reference’s tokens, each prompt alone', async () => {
      const margins = [];
      for (const prompt of goldens.prompts) {
        const [steps] = await generateGreedily(loaded.model, [prompt.ids], prompt.greedy.ids.length);
        expectGolden(steps!, prompt);
        margins.push(...steps!.map(({ margin }) => margin));
      }
      process.stdout.write(`${path.basename(folder)}: smallest greedy margin ${Math.min(...margins).toFixed(6)}\n`);
      expect(Math.abs(Math.min(...margins) - goldens.min_greedy_margin)).toBeLessThan(tolerance);
    });

    it('generates the same for prompts of any lengths in one batch', async () => {
      await expectBatch();
    });

    it.each([1, 2, 7, 16])('generates the same with prompts read %d tokens at a time', async (chunkSize) => {
      await expectBatch(chunkSize);
    });

    it('generates the same over a cache full of stale NaN', async () => {
      await fillWithNaN(runtime, blocks[0]!);
      await expectBatch(7);
    });

    async function expectBatch(chunkSize?: number) {
      const numSteps = Math.max(...goldens.prompts.map(({ greedy }) => greedy.ids.length));
      const sequences = await generateGreedily(loaded.model, prompts, numSteps, chunkSize);
      for (const [index, prompt] of goldens.prompts.entries()) expectGolden(sequences[index]!, prompt);
    }
  });
}

function expectGolden(steps: readonly GreedyStep[], { greedy }: GoldenPrompt): void {
  const compared = steps.slice(0, greedy.ids.length);
  expect(compared.map(({ id }) => id)).toEqual(greedy.ids);
  const logprobs = compared.map((step) => step.logprob);
  expect(maxDifference(logprobs, greedy.logprobs)).toBeLessThan(tolerance);
  for (const [index, { top5 }] of compared.entries()) {
    const expected = greedy.top5[index]!;
    expect(
      maxDifference(
        top5.map(([, value]) => value),
        expected.map(([, value]) => value),
      ),
    ).toBeLessThan(tolerance);
    expect(top5.map(([id]) => id)).toEqual(expected.map(([id]) => id));
  }
}
