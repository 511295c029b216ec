import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import { openRuntime } from '../../src/runtime/open-runtime.ts';
import { selfTest } from '../../src/runtime/self-test.ts';
import { workerEntry } from '../../src/system/worker-entry.ts';
import { fixtureModels, readGoldens } from '../models/support/goldens.ts';

const folder = path.join(fixtureModels, 'llama3-tied');
const [prompt] = readGoldens(folder).prompts;
const numTokens = 8;
const rounds = 3;

describe('the runtime in worker threads', () => {
  it('serves several at once beside the main thread, and outlives those that are ended midway', async () => {
    const runtime = await openRuntime({ kind: 'c-api' });
    const doomed = start({ isEndless: true });
    const workers = [start({}), start({}), start({})];
    const running = new Promise((resolve) => doomed.once('message', resolve));
    const results = workers.map(collect);
    await running;
    await doomed.terminate();
    for (const messages of await Promise.all(results))
      expect(messages).toEqual(Array.from({ length: rounds }, () => prompt!.greedy.ids.slice(0, numTokens)));
    await expect(selfTest(runtime)).resolves.toBeUndefined();
    runtime.dispose();
  });
});

/** A thread may be ended while it runs, but not while koffi makes its functions: that would end the process. */
function start({ isEndless = false }): Worker {
  return new Worker(path.join(import.meta.dirname, 'greedy-worker.js'), {
    workerData: {
      loadModelEntry: workerEntry('models/load-model'),
      openRuntimeEntry: workerEntry('runtime/open-runtime'),
      folder,
      promptIds: prompt!.ids,
      numTokens,
      rounds,
      isEndless,
    },
  });
}

async function collect(worker: Worker): Promise<unknown[]> {
  const messages: unknown[] = [];
  worker.on('message', (message) => messages.push(message));
  await new Promise((resolve, reject) => worker.once('error', reject).once('exit', resolve));
  return messages;
}
