import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { logSumExp } from '../../src/engine/sampling/log-sum-exp.ts';
import type { GenerationEvent, GenerationRequest } from '../../src/engine/types.ts';
import { batching, collect, createEngine, greedyIds, idsOf, prompt, REST, request } from './support/engine.ts';
import { FakeModel, scoreByHash } from './support/fake-model.ts';
import { greedy, sampling } from './support/sampling-parameters.ts';

async function alone(one: GenerationRequest): Promise<GenerationEvent[]> {
  return collect(createEngine().generate(one));
}

/** Events without what depends on time and on what the cache held. */
function comparable(events: readonly GenerationEvent[]): unknown[] {
  return events.map((event) => (event.type === 'prefill' ? { ...event, queueMs: 0, numCachedTokens: 0 } : event));
}

describe('the engine', () => {
  it('generates what the model scores highest, chunk by chunk and step by step', async () => {
    for (const length of [1, 7, 8, 9, 16, 23]) {
      expect(idsOf(await alone(request(prompt(length))))).toEqual(greedyIds(prompt(length), 6));
    }
  });

  it('tells of the prefill, then each token with its log-probability, the last one with why it is the last', async () => {
    const clock = [100, 130];
    const engine = createEngine({ now: () => clock.shift()! });
    const [prefill, ...tokens] = await collect(
      engine.generate(request(prompt(5), { maxNewTokens: 2, numTopTokens: 2 })),
    );
    expect(prefill).toEqual({ type: 'prefill', numCachedTokens: 0, seed: undefined, queueMs: 30 });
    const row = scoreByHash(prompt(5), 40);
    const [best, second] = [...row].map((score, id) => ({ id, score })).sort((a, b) => b.score - a.score);
    const logprob = best!.score - logSumExp(row);
    expect(tokens[0]).toEqual({
      type: 'token',
      id: best!.id,
      logprob,
      topTokens: [
        { id: best!.id, logprob },
        { id: second!.id, logprob: second!.score - logSumExp(row) },
      ],
    });
    expect(tokens).toHaveLength(2);
    expect(tokens[1]).toMatchObject({ id: greedyIds(prompt(5), 2)[1], finishReason: 'length' });
  });

  it('ends with a stop id, which is part of the output, unless the limit is reached with it', async () => {
    const ids = greedyIds(prompt(4), 6);
    const reasons = async (maxNewTokens: number) => {
      const events = await alone(request(prompt(4), { maxNewTokens, stopIds: [ids[2]!] }));
      return [idsOf(events), events.flatMap((event) => (event.type === 'token' ? [event.finishReason] : []))];
    };
    expect(ids.slice(0, 2)).not.toContain(ids[2]);
    expect(await reasons(6)).toEqual([ids.slice(0, 3), [undefined, undefined, 'stop-id']]);
    expect(await reasons(3)).toEqual([ids.slice(0, 3), [undefined, undefined, 'length']]);
  });

  it('scores the prompt, whatever the chunks, without touching what is generated', async () => {
    for (const length of [1, 8, 17]) {
      const ids = prompt(length);
      const engine = createEngine();
      await collect(engine.generate(request(ids)));
      const events = await collect(engine.generate(request(ids, { promptLogprobs: true })));
      const expected = ids.map((id, i) => {
        const row = scoreByHash(ids.slice(0, i), 40);
        return i === 0 ? Number.NaN : Math.fround(row[id]! - logSumExp(row));
      });
      expect(events[0]).toMatchObject({ numCachedTokens: 0, promptLogprobs: Float32Array.from(expected) });
      expect(idsOf(events)).toEqual(greedyIds(ids, 6));
    }
  });

  it('tells the likeliest tokens in the place of each prompt token where both are asked for', async () => {
    const ids = prompt(11);
    const [prefill] = await alone(request(ids, { promptLogprobs: true, numTopTokens: 2, maxNewTokens: 1 }));
    const expected = ids.map((_, i) => {
      const row = scoreByHash(ids.slice(0, i), 40);
      const sorted = [...row.keys()].sort((a, b) => row[b]! - row[a]!);
      return i === 0 ? [] : sorted.slice(0, 2).map((id) => ({ id, logprob: row[id]! - logSumExp(row) }));
    });
    expect(prefill).toMatchObject({ promptTopTokens: expected });
  });

  it('computes the prompt alone where no token is wanted, and rests', async () => {
    const model = new FakeModel();
    const engine = createEngine({ model });
    const events = await collect(engine.generate(request(prompt(11), { maxNewTokens: 0 })));
    expect(events).toMatchObject([{ type: 'prefill', numCachedTokens: 0 }]);
    while (engine.statistics().numRunning > 0) await new Promise(setImmediate);
    expect(engine.statistics()).toEqual(REST);
    expect(await collect(engine.generate(request(prompt(11))))).toMatchObject([
      { numCachedTokens: 10 },
      {},
      {},
      {},
      {},
      {},
      {},
    ]);
  });

  it('gives a request the same events alone as among any others, arriving and leaving at any time', async () => {
    const anyRequest = fc.record({
      promptIds: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 20 }),
      maxNewTokens: fc.integer({ min: 0, max: 10 }),
      seed: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      doSample: fc.boolean(),
      repetitionPenalty: fc.constantFrom(1, 1.4),
      promptLogprobs: fc.boolean(),
      leavesAfter: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
      arrivesAfter: fc.integer({ min: 0, max: 8 }),
    });
    const chunk = fc.constantFrom(1, 8, 40);
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRequest, { minLength: 1, maxLength: 8 }),
        chunk,
        async (plans, prefillChunkTokens) => {
          const engine = createEngine({ batching: { ...batching, maxBatchTotalTokens: 80, prefillChunkTokens } });
          const outcomes = plans.map(async ({ leavesAfter, arrivesAfter, promptLogprobs, maxNewTokens, ...plan }) => {
            for (let i = 0; i < arrivesAfter; i++) await new Promise(setImmediate);
            const { promptIds, ...parameters } = plan;
            const one = request(promptIds, { promptLogprobs, maxNewTokens, sampling: sampling(parameters) });
            const taken: GenerationEvent[] = [];
            for await (const event of engine.generate(one)) {
              if (taken.length === leavesAfter) break;
              taken.push(event);
            }
            return { one, taken, left: leavesAfter };
          });
          for (const { one, taken, left } of await Promise.all(outcomes)) {
            expect(comparable(taken)).toEqual(comparable(await alone(one)).slice(0, left));
          }
          while (engine.statistics().numRunning > 0) await new Promise(setImmediate);
          expect(engine.statistics()).toEqual(REST);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reuses the prompt that sequences arriving together share', async () => {
    const model = new FakeModel();
    const engine = createEngine({ model });
    const seeds = [1n, 2n, 3n].map((seed) => request(prompt(16), { sampling: sampling({ seed }) }));
    const all = await Promise.all(seeds.map((one) => collect(engine.generate(one))));
    expect(all.map(([prefill]) => prefill)).toMatchObject([
      { numCachedTokens: 0, seed: 1n },
      { numCachedTokens: 15, seed: 2n },
      { numCachedTokens: 15, seed: 3n },
    ]);
    const numPrefilled = model.runs.reduce((sum, run) => sum + (run.type === 'prefill' ? run.numTokens : 0), 0);
    expect(numPrefilled).toBe(18);
  });

  it('computes each prompt anew for a model whose positions depend on the whole prompt', async () => {
    const engine = createEngine({ model: new FakeModel({ sharesPrefixes: false }) });
    await collect(engine.generate(request(prompt(9))));
    const [prefill] = await collect(engine.generate(request(prompt(9))));
    expect(prefill).toMatchObject({ numCachedTokens: 0 });
  });

  it('draws a seed where none is given, and reports it', async () => {
    const engine = createEngine({ randomSeed: () => 2n ** 64n - 3n });
    const [drawn] = await collect(engine.generate(request(prompt(3), { sampling: sampling() })));
    const [given] = await collect(engine.generate(request(prompt(3), { sampling: sampling({ seed: 5n }) })));
    const [none] = await collect(engine.generate(request(prompt(3), { sampling: { ...greedy, seed: 5n } })));
    expect([drawn, given, none]).toMatchObject([{ seed: 2n ** 64n - 3n }, { seed: 5n }, { seed: undefined }]);
  });
});
