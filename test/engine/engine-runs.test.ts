import { describe, expect, it } from '@jest/globals';
import type { EngineRun } from '../../src/engine/types.ts';
import { collect, createEngine, prompt, request } from './support/engine.ts';
import { FakeModel, scoreByHash } from './support/fake-model.ts';

describe('the runs of the model', () => {
  /** A clock that goes on by a millisecond each time it is read. */
  const ticking = () => {
    let time = 0;
    return () => time++;
  };

  it('are told one by one: prefills, then decode steps, with the time of each part', async () => {
    const runs: EngineRun[] = [];
    const engine = createEngine({ now: ticking(), onRun: (run) => runs.push(run) });
    await collect(engine.generate(request(prompt(12), { maxNewTokens: 3 })));
    expect(runs.map(({ method }) => method)).toEqual(['prefill', 'prefill', 'decode', 'decode']);
    for (const run of runs) {
      expect(run).toMatchObject({ hasFailed: false, moveMs: 1, forwardMs: 1, samplingMs: 1 });
      expect(run.totalMs).toBeGreaterThanOrEqual(3);
    }
    expect(runs.map(({ admission }) => admission)).toEqual([{ numSequences: 1 }, undefined, undefined, undefined]);
  });

  it('tell of sequences that join those that run, and why they may', async () => {
    const runs: EngineRun[] = [];
    const engine = createEngine({ onRun: (run) => runs.push(run) });
    const first = engine.generate(request(prompt(3), { maxNewTokens: 9 }))[Symbol.asyncIterator]();
    await first.next();
    await collect(engine.generate(request(prompt(4))));
    const [alone, joining] = runs.filter(({ method }) => method === 'prefill');
    expect(alone!.joinMs).toBeUndefined();
    expect(joining).toMatchObject({
      admission: { numSequences: 1, joinsFor: 'backpressure' },
      joinMs: expect.any(Number),
    });
    await first.return?.();
  });

  it('tell of failures', async () => {
    const runs: EngineRun[] = [];
    const score = (context: readonly number[], vocabSize: number) => {
      if (context.length === 5) throw new Error('out of luck');
      return scoreByHash(context, vocabSize);
    };
    const engine = createEngine({ model: new FakeModel({ score }), onRun: (run) => runs.push(run) });
    await expect(collect(engine.generate(request(prompt(4))))).rejects.toThrow('out of luck');
    expect(runs.map(({ method, hasFailed }) => [method, hasFailed])).toEqual([
      ['prefill', false],
      ['decode', true],
    ]);
  });
});
