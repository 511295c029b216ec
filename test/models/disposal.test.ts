import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { loadModel } from '../../src/models/load-model.ts';
import { openRuntime } from '../../src/runtime/open-runtime.ts';
import type { Runtime } from '../../src/runtime/runtime.ts';
import { countObjects } from './support/count-objects.ts';
import { fixtureModels } from './support/goldens.ts';

const opened = await openRuntime({ kind: 'c-api' });
afterAll(() => opened.dispose());

const folder = path.join(fixtureModels, 'llama2-mha');
const load = (runtime: Runtime) => loadModel({ folder, runtime, numSlots: 2, maxPositions: 64, numThreads: 1 });

describe("what a model holds of the runtime's", () => {
  it('stays the same from run to run, also where one fails, and goes with the model', async () => {
    const { runtime, numAlive } = countObjects(opened);
    const { model } = await load(runtime);
    const prefill = (tokens: readonly number[]) => model.prefill({ slot: 0, start: 0, tokens, logits: 'all' });
    await prefill([1, 2, 3]);
    const held = numAlive();
    await prefill([4, 5]);
    await expect(prefill([model.vocabSize])).rejects.toMatchObject({ code: 'runtime' });
    expect(numAlive()).toBe(held);
    model.dispose();
    expect(numAlive()).toBe(0);
  });

  it('is nothing where there is no room for its cache, or its graph is refused', async () => {
    const { runtime, numAlive } = countObjects(opened);
    const full = () => {
      throw new Error('no room');
    };
    await expect(load({ ...runtime, reserve: full })).rejects.toThrow('no room');
    const refused = async () => {
      throw new Error('no graph');
    };
    await expect(load({ ...runtime, createSession: refused })).rejects.toThrow('no graph');
    expect(numAlive()).toBe(0);
  });
});
