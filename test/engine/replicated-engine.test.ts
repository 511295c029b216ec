import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startEngineReplicas } from '../../src/engine/engine-replicas.ts';
import { EventStream } from '../../src/engine/event-stream.ts';
import { type Replica, ReplicatedEngine } from '../../src/engine/replicated-engine.ts';
import type { GenerationEvent } from '../../src/engine/types.ts';
import type { EngineWorker } from '../../src/engine/worker-engine.ts';
import { fixtureModels, readGoldens } from '../models/support/goldens.ts';
import { engineSettings, expectGolden, goldenRequest } from './support/describe-engine-goldens.ts';
import { collect, request } from './support/engine.ts';

const limits = { numSlots: 4, maxBatchTotalTokens: 100, maxPositions: 50, vocabSize: 600 };

/** A replica whose requests end when they are told to. */
class ScriptedReplica implements Replica {
  readonly limits = limits;
  readonly streams = new Set<EventStream<GenerationEvent>>();
  healthy = true;
  isClosed = false;

  generate() {
    const stream = new EventStream<GenerationEvent>(() => this.streams.delete(stream));
    this.streams.add(stream);
    return stream;
  }
  get numOutstanding() {
    return this.streams.size;
  }
  endOne() {
    const [oldest] = this.streams;
    if (!oldest) return;
    this.streams.delete(oldest);
    oldest.end();
  }
  isHealthy = () => this.healthy;
  statistics = () => ({ numRunning: this.streams.size, numWaiting: 1, numBatchTokens: 10 });
  async close() {
    this.isClosed = true;
  }
}

const scripted = (count: number) => Array.from({ length: count }, () => new ScriptedReplica());
const loads = (replicas: readonly ScriptedReplica[]) => replicas.map(({ numOutstanding }) => numOutstanding);

describe('several engines as one', () => {
  it('give each request to the one with the fewest, whatever ended before', () => {
    const step = fc.oneof(fc.constant('start' as const), fc.nat(3));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 60 }), (count, steps) => {
        const replicas = scripted(count);
        const engine = new ReplicatedEngine(replicas);
        for (const one of steps) {
          const before = loads(replicas);
          if (one !== 'start') replicas[one % count]!.endOne();
          else {
            engine.generate(request([1]));
            const chosen = loads(replicas).findIndex((load, i) => load > before[i]!);
            expect(chosen).toBe(before.indexOf(Math.min(...before)));
          }
        }
      }),
    );
  });

  it('pass over one that has stopped', () => {
    const replicas = scripted(2);
    const engine = new ReplicatedEngine(replicas);
    replicas[0]!.healthy = false;
    for (let i = 0; i < 3; i++) engine.generate(request([1]));
    expect(loads(replicas)).toEqual([0, 3]);
  });

  it('hold together what each of them holds, and are closed together', async () => {
    const replicas = scripted(3);
    const engine = new ReplicatedEngine(replicas);
    expect(engine.limits).toEqual({ numSlots: 12, maxBatchTotalTokens: 300, maxPositions: 50, vocabSize: 600 });
    engine.generate(request([1]));
    expect(engine.statistics()).toEqual({ numRunning: 1, numWaiting: 3, numBatchTokens: 30 });
    await engine.close();
    expect(replicas.every(({ isClosed }) => isClosed)).toBe(true);
  });
});

describe('replicas in workers of their own', () => {
  const folder = join(fixtureModels, 'llama3-tied');
  const goldens = readGoldens(folder);
  const numRuns = [0, 0];
  const crashes: string[] = [];
  let engine: EngineWorker;

  beforeAll(async () => {
    const settings = { folder, ...engineSettings };
    engine = await startEngineReplicas([settings, settings], (index) => ({
      onRun: () => void numRuns[index]!++,
      onCrash: ({ message }) => void crashes.push(message),
    }));
  });
  afterAll(() => engine.close());

  it('share the requests, and each gives the reference’s tokens', async () => {
    const wanted = goldens.prompts.map((prompt) => goldenRequest(prompt, goldens.eos_token_ids));
    const outcomes = await Promise.all(wanted.map((one) => collect(engine.generate(one))));
    for (const [i, events] of outcomes.entries()) expectGolden(events, goldens.prompts[i]!);
    for (const runs of numRuns) expect(runs).toBeGreaterThan(0);
    expect(engine.numOutstanding).toBe(0);
  });

  it('are loaded one after another, so that each sees what memory the one before it left', async () => {
    const settings = { folder, ...engineSettings };
    const loading: number[] = [];
    const three = await startEngineReplicas([settings, settings, settings], (index) => ({
      onProgress: () => void loading.push(index),
    }));
    await three.close();
    expect(loading).toEqual([...loading].sort());
    expect(new Set(loading).size).toBe(3);
  });

  it('leave none running where one can’t be started', async () => {
    const settings = { folder, ...engineSettings };
    const broken = { ...settings, folder: join(fixtureModels, 'none') };
    await expect(startEngineReplicas([settings, broken], () => ({}))).rejects.toThrow('config.json');
    expect(crashes).toEqual([]);
  });
});
