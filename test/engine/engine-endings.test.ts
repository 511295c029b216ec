import { describe, expect, it } from '@jest/globals';
import { shareGrammar } from '../../src/grammar/automaton/compiled-grammar.ts';
import { compileGrammar } from '../../src/grammar/compile/compile-grammar.ts';
import { MatcherFactory } from '../../src/grammar/masks/matcher.ts';
import { localConstraints } from '../../src/grammar/masks/token-constraint.ts';
import { buildVocabulary } from '../../src/grammar/vocabulary/vocabulary.ts';
import {
  batching,
  collect,
  createEngine,
  deferred,
  greedyIds,
  idsOf,
  prompt,
  REST,
  request,
} from './support/engine.ts';
import { FakeModel, scoreByHash } from './support/fake-model.ts';

describe('the engine, when a request ends early', () => {
  it('frees its slot before the next step when its loop is left', async () => {
    const model = new FakeModel({ numSlots: 1 });
    const engine = createEngine({ model });
    let numTaken = 0;
    for await (const _ of engine.generate(request(prompt(3), { maxNewTokens: 50 }))) if (++numTaken === 4) break;
    const numRuns = model.runs.length;
    expect(idsOf(await collect(engine.generate(request(prompt(3, 5)))))).toEqual(greedyIds(prompt(3, 5), 6));
    for (const { contexts } of model.runs.slice(numRuns)) expect(contexts[0]!.slice(0, 3)).toEqual(prompt(3, 5));
  });

  it("throws the signal's reason, in the middle of a run, in the queue, or before anything", async () => {
    const { promise, resolve } = deferred();
    const engine = createEngine({ model: new FakeModel({ numSlots: 1, gate: () => promise }) });
    const running = new AbortController();
    const queued = new AbortController();
    const outcomes = [running, queued].map(({ signal }) => collect(engine.generate(request(prompt(3)), signal)));
    const survivor = collect(engine.generate(request(prompt(4))));
    await new Promise(setImmediate);
    expect(engine.statistics()).toMatchObject({ numRunning: 1, numWaiting: 2 });
    running.abort(new Error('client gone'));
    queued.abort(new Error('client bored'));
    await expect(outcomes[0]).rejects.toThrow('client gone');
    await expect(outcomes[1]).rejects.toThrow('client bored');
    await expect(collect(engine.generate(request(prompt(3)), AbortSignal.abort(new Error('late'))))).rejects.toThrow(
      'late',
    );
    resolve();
    expect(idsOf(await survivor)).toEqual(greedyIds(prompt(4), 6));
    expect(engine.statistics()).toEqual(REST);
  });

  it('is closed: what runs fails, what comes is refused, and the model goes after its last run', async () => {
    const { promise, resolve } = deferred();
    const model = new FakeModel({ gate: () => promise });
    const engine = createEngine({ model });
    const running = collect(engine.generate(request(prompt(3))));
    await new Promise(setImmediate);
    const closed = engine.close();
    const overloaded = expect.objectContaining({ code: 'overloaded' });
    await expect(running).rejects.toEqual(overloaded);
    await expect(collect(engine.generate(request(prompt(3))))).rejects.toEqual(overloaded);
    expect(model.isDisposed).toBe(false);
    resolve();
    await closed;
    expect(model.isDisposed).toBe(true);
    expect(engine.statistics()).toEqual(REST);
  });

  it('is closed for whoever asks only once its model is gone', async () => {
    const { promise, resolve } = deferred();
    const model = new FakeModel();
    const constraints = localConstraints(new MatcherFactory(buildVocabulary([], 40)));
    const engine = createEngine({ model, constraints: { ...constraints, close: () => promise } });
    const [first, second] = [engine.close(), engine.close().then(() => model.isDisposed)];
    await new Promise(setImmediate);
    resolve();
    await first;
    expect(await second).toBe(true);
  });
});

describe('the engine, when something fails', () => {
  const failure = expect.objectContaining({ code: 'generation' });

  it('ends a sequence whose scores are not numbers, and only that one', async () => {
    const score = (context: readonly number[], vocabSize: number) =>
      context[0] === 13 && context.length >= 5
        ? new Float32Array(vocabSize).fill(Number.NaN)
        : scoreByHash(context, vocabSize);
    const engine = createEngine({ model: new FakeModel({ score }) });
    const [broken, whole] = await Promise.allSettled([
      collect(engine.generate(request([13, 1, 2]))),
      collect(engine.generate(request(prompt(3)))),
    ]);
    expect(broken).toMatchObject({ status: 'rejected', reason: failure });
    expect(whole.status === 'fulfilled' && idsOf(whole.value)).toEqual(greedyIds(prompt(3), 6));
    expect(engine.statistics()).toEqual(REST);
  });

  it('ends the sequences of a run that fails, says why, and goes on', async () => {
    let isBroken = true;
    const score = (context: readonly number[], vocabSize: number) => {
      if (isBroken && context.length === 6) throw new Error('out of luck');
      return scoreByHash(context, vocabSize);
    };
    const engine = createEngine({ model: new FakeModel({ score }) });
    const outcomes = await Promise.allSettled(
      [prompt(4), prompt(4, 2), prompt(6, 3)].map((ids) => collect(engine.generate(request(ids)))),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(outcomes[0]).toMatchObject({ reason: { code: 'generation', message: 'the model failed: out of luck' } });
    isBroken = false;
    const [prefill, ...tokens] = await collect(engine.generate(request(prompt(4))));
    expect(prefill).toMatchObject({ numCachedTokens: 0 });
    expect(idsOf(tokens)).toEqual(greedyIds(prompt(4), 6));
    expect(engine.statistics()).toEqual(REST);
  });

  it('refuses a request whose grammar can’t be opened, and goes on', async () => {
    const open = () => {
      throw new Error('no room for a mask');
    };
    const engine = createEngine({ constraints: { open, close: async () => {} } });
    const grammar = shareGrammar('digits', compileGrammar({ kind: 'regex', pattern: '[0-9]' }));
    const refused = engine.generate(request(prompt(3), { grammar, stopIds: [39] }));
    await expect(collect(refused)).rejects.toThrow('no room for a mask');
    expect(idsOf(await collect(engine.generate(request(prompt(4)))))).toEqual(greedyIds(prompt(4), 6));
    expect(engine.statistics()).toEqual(REST);
  });

  it.each([
    ['an empty prompt', request([]), 'no tokens'],
    ['an id beyond the vocabulary', request([1, 40]), 'token id 40 is not one of 0 … 39'],
    ['less than no tokens to generate', request([1], { maxNewTokens: -1 }), 'max_new_tokens is -1'],
    ['more than the positions', request(prompt(60)), "more than the model's 64 positions"],
  ])('refuses %s', async (_, refused, message) => {
    const refusal = expect.objectContaining({ code: 'validation', message: expect.stringContaining(message) });
    await expect(collect(createEngine().generate(refused))).rejects.toEqual(refusal);
  });

  it('refuses more than the batch may hold', async () => {
    const engine = createEngine({ batching: { ...batching, maxBatchTotalTokens: 20 } });
    await expect(collect(engine.generate(request(prompt(15))))).rejects.toMatchObject({ code: 'validation' });
  });
});
