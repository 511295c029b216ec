import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CausalModel } from '../../src/models/causal-model.ts';
import { loadModel } from '../../src/models/load-model.ts';
import { openRuntime } from '../../src/runtime/open-runtime.ts';
import { copyRow, generateGreedily, maxDifference, prefill, type Row } from './support/generate.ts';
import { fixtureModels, readGoldens } from './support/goldens.ts';

const tolerance = 1e-4;
const numSlots = 6;
const maxPositions = 128;
const runtime = await openRuntime({ kind: 'c-api' });
const folder = path.join(fixtureModels, 'qwen2');
const { model } = await loadModel({ folder, runtime, numSlots, maxPositions, numThreads: 1 });
const [short, middle, long] = readGoldens(folder).prompts.map(({ ids }) => ids);
afterAll(() => {
  model.dispose();
  runtime.dispose();
});

const token = fc.integer({ min: 0, max: model.vocabSize - 1 });

describe('a batch', () => {
  it('gives each row what it would get alone, whatever else is in it', async () => {
    let largest = 0;
    const prompts = fc.array(fc.array(token, { minLength: 1, maxLength: 40 }), { minLength: 2, maxLength: numSlots });
    await fc.assert(
      fc.asyncProperty(prompts, token, async (sequences, next) => {
        const alone: Row[] = [];
        for (const sequence of sequences) {
          await prefill(model, 0, sequence);
          alone.push(copyRow(await model.decode([next], [sequence.length]), 0));
        }
        for (const [slot, sequence] of sequences.entries()) await prefill(model, slot, sequence);
        const batch = await model.decode(
          sequences.map(() => next),
          sequences.map(({ length }) => length),
        );
        for (const [slot, { logits }] of alone.entries())
          largest = Math.max(largest, maxDifference(batch.row(slot), logits));
        expect(largest).toBeLessThan(tolerance);
      }),
      { numRuns: 25, seed: 7 },
    );
    process.stdout.write(`largest difference between batched and alone: ${largest.toExponential(2)}\n`);
  });

  it('leaves slots beyond it as they were', async () => {
    await prefill(model, 5, long!);
    const before = await next(model, 5, 3, long!.length);
    await generateGreedily(model, [short!, middle!], 5);
    expect(maxDifference(await next(model, 5, 3, long!.length), before)).toBe(0);
  });
});

describe('a slot', () => {
  it('can be copied as far as its prefix is wanted', async () => {
    const expected = (await prefill(model, 0, long!)).logits;
    await prefill(model, 1, [...long!.slice(0, 40), ...short!]);
    model.copySlot(1, 4, 40);
    const rest = await model.prefill({ slot: 4, start: 40, tokens: long!.slice(40), logits: 'last' });
    expect(maxDifference(rest.row(0), expected)).toBeLessThan(tolerance);
  });

  it('keeps what lies before the position that it is trimmed to', async () => {
    const expected = (await prefill(model, 2, long!)).logits;
    model.trimSlot(2, 33);
    const rest = await model.prefill({ slot: 2, start: 33, tokens: long!.slice(33), logits: 'last' });
    expect(maxDifference(rest.row(0), expected)).toBeLessThan(tolerance);
  });

  it('can be read and decoded to its last position, and not beyond', async () => {
    const tokens = Array.from({ length: maxPositions - 1 }, (_, index) => (index * 31) % 500);
    await prefill(model, 0, tokens);
    expect((await model.decode([3], [maxPositions - 1])).numRows).toBe(1);
    await expect(model.decode([3], [maxPositions])).rejects.toMatchObject({ code: 'internal' });
    await expect(prefill(model, numSlots, [1])).rejects.toMatchObject({ code: 'internal' });
  });
});

describe('logits', () => {
  it('have as many rows as were asked for', async () => {
    const chunk = { slot: 0, start: 0, tokens: middle! };
    expect((await model.prefill({ ...chunk, logits: 'none' })).numRows).toBe(0);
    expect((await model.prefill({ ...chunk, logits: 'last' })).numRows).toBe(1);
    expect((await model.prefill({ ...chunk, logits: 'all' })).numRows).toBe(middle!.length);
  });

  it('may be changed in place without a trace in the next run', async () => {
    const first = await model.prefill({ slot: 0, start: 0, tokens: short!, logits: 'last' });
    const original = first.row(0).slice();
    first.row(0).fill(Number.NaN);
    const second = await model.prefill({ slot: 0, start: 0, tokens: short!, logits: 'last' });
    expect(maxDifference(second.row(0), original)).toBe(0);
  });

  it('come with their log-sum-exp', async () => {
    const logits = await model.prefill({ slot: 0, start: 0, tokens: short!, logits: 'all' });
    for (let index = 0; index < logits.numRows; index++) {
      const sum = logits.row(index).reduce((total, value) => total + Math.exp(value), 0);
      expect(logits.logSumExp(index)).toBeCloseTo(Math.log(sum), 4);
    }
  });

  it('of an unknown token are an error that names it, and the model goes on', async () => {
    const tokens = [model.vocabSize];
    await expect(prefill(model, 0, tokens)).rejects.toMatchObject({
      code: 'runtime',
      message: expect.stringContaining(`idx=${model.vocabSize}`),
    });
    expect((await prefill(model, 0, short!)).logits.every(Number.isFinite)).toBe(true);
  });
});

async function next(of: CausalModel, slot: number, tokenId: number, position: number): Promise<Float32Array> {
  const chunk = { slot, start: position, tokens: [tokenId] };
  return (await of.prefill({ ...chunk, logits: 'last' })).row(0).slice();
}
