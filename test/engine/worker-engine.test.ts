import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GenerationEvent } from '../../src/engine/types.ts';
import { attachEngineWorker, type EngineWorker, startEngineWorker } from '../../src/engine/worker-engine.ts';
import { fixtureModels, readGoldens } from '../models/support/goldens.ts';
import { engineSettings, expectGolden, goldenRequest } from './support/describe-engine-goldens.ts';
import { collect, idsOf, request } from './support/engine.ts';
import { sampling } from './support/sampling-parameters.ts';

const folder = join(fixtureModels, 'llama3-tied');
const goldens = readGoldens(folder);
const AT_REST = { numRunning: 0, numWaiting: 0, numBatchTokens: 0 };

/** Until the engine has said that nothing runs. */
async function rest(engine: EngineWorker): Promise<void> {
  while (engine.statistics().numRunning + engine.statistics().numWaiting > 0) await new Promise(setImmediate);
}

describe('an engine in a worker', () => {
  const stages: string[] = [];
  let engine: EngineWorker;

  beforeAll(async () => {
    const onProgress = (stage: string) => void stages.push(stage);
    engine = await startEngineWorker({ folder, ...engineSettings }, { onProgress });
  });
  afterAll(() => engine.close());

  it('tells how far loading is, and what it settled on', () => {
    expect(stages).toEqual(['reading-headers', 'building-graph', 'loading-weights', 'warming-up', 'ready']);
    expect(engine.limits).toMatchObject({ maxBatchTotalTokens: 4096, maxPositions: 160, vocabSize: 600 });
    expect(engine.description).toMatchObject({ family: 'llama', budget: { maxTotalTokens: 160, isLowered: false } });
    expect([...engine.description.eosTokenIds].sort()).toEqual([...goldens.eos_token_ids].sort());
    expect(engine.isHealthy()).toBe(true);
  });

  it('generates the reference’s tokens', async () => {
    const wanted = goldens.prompts.map((prompt) => goldenRequest(prompt, goldens.eos_token_ids));
    const outcomes = await Promise.all(wanted.map((one) => collect(engine.generate(one))));
    for (const [i, events] of outcomes.entries()) expectGolden(events, goldens.prompts[i]!);
    expect(engine.statistics()).toEqual(AT_REST);
  });

  it('takes and gives seeds, biases and prompt log-probabilities whole', async () => {
    const seed = 2n ** 64n - 5n;
    const one = request([1, 2, 3], {
      sampling: sampling({ seed, logitBias: new Map([[77, 1000]]) }),
      promptLogprobs: true,
    });
    const [prefill, ...tokens] = await collect(engine.generate(one));
    expect(prefill).toMatchObject({ seed, promptLogprobs: expect.any(Float32Array) });
    expect(idsOf(tokens)).toEqual([77, 77, 77, 77, 77, 77]);
  });

  it('gives 64 requests their own tokens while half of them are cut off, and then rests', async () => {
    const prompts = Array.from({ length: 64 }, (_, i) =>
      Array.from({ length: 3 + (i % 20) }, (_, k) => (i * 7 + k) % 590),
    );
    const wanted = prompts.map((ids, i) =>
      request(ids, { maxNewTokens: 20, ...(i % 3 === 0 && { sampling: sampling({ seed: BigInt(i) }) }) }),
    );
    const outcomes = await Promise.all(
      wanted.map(async (one, i) => {
        const taken: GenerationEvent[] = [];
        for await (const event of engine.generate(one)) {
          taken.push(event);
          if (i % 2 === 1 && taken.length === 2 + (i % 9)) break;
        }
        return idsOf(taken);
      }),
    );
    await rest(engine);
    expect(engine.statistics()).toEqual(AT_REST);
    for (const [i, one] of wanted.entries()) {
      const solo = idsOf(await collect(engine.generate(one)));
      expect(solo).toHaveLength(20);
      expect(outcomes[i]).toEqual(i % 2 === 1 ? solo.slice(0, 1 + (i % 9)) : solo);
    }
  });

  it("throws the signal's reason, and frees the slot", async () => {
    const controller = new AbortController();
    const events = engine.generate(request([5, 6], { maxNewTokens: 150 }), controller.signal)[Symbol.asyncIterator]();
    await events.next();
    controller.abort(new Error('client gone'));
    await expect(events.next()).rejects.toThrow('client gone');
    await rest(engine);
    expect(engine.statistics()).toEqual(AT_REST);
  });

  it('refuses what the engine refuses', async () => {
    const refusal = { code: 'validation', param: 'inputs', message: 'token id 600 is not one of 0 … 599' };
    await expect(collect(engine.generate(request([600])))).rejects.toMatchObject(refusal);
  });
});

describe('an engine worker', () => {
  it('that cannot load its model fails with what is wrong', async () => {
    const missing = startEngineWorker({ folder: join(fixtureModels, 'nowhere'), ...engineSettings });
    await expect(missing).rejects.toMatchObject({
      code: 'invalid_checkpoint',
      message: expect.stringContaining('config.json'),
    });
  });

  it('that is closed ends what runs, and refuses what comes', async () => {
    const engine = await startEngineWorker({ folder, ...engineSettings });
    const running = collect(engine.generate(request([1, 2], { maxNewTokens: 150 })));
    const [outcome] = await Promise.allSettled([running, engine.close()]);
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'overloaded' } });
    await expect(collect(engine.generate(request([1, 2])))).rejects.toMatchObject({ code: 'overloaded' });
    expect(engine.isHealthy()).toBe(false);
  });

  it('that dies fails what runs and what comes, and is no longer healthy', async () => {
    const dying = `
      const { parentPort } = require('node:worker_threads');
      parentPort.postMessage({ type: 'ready', description: { limits: {} } });
      parentPort.on('message', () => { throw new Error('out of luck'); });
    `;
    const crashes: unknown[] = [];
    const onCrash = (error: Error) => crashes.push(error.message);
    const engine = await attachEngineWorker(new Worker(dying, { eval: true }), { onCrash });
    const failure = { code: 'generation', message: 'the engine has stopped: out of luck' };
    await expect(collect(engine.generate(request([1])))).rejects.toMatchObject(failure);
    await expect(collect(engine.generate(request([1])))).rejects.toMatchObject(failure);
    expect(engine.isHealthy()).toBe(false);
    await engine.close();
    expect(crashes).toEqual([failure.message]);
  });
});
