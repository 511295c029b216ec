import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Scheduler, type SchedulerOptions } from '../../src/engine/scheduler.ts';
import { Sequence } from '../../src/engine/sequence.ts';
import { CacheSimulator, tick } from './support/cache-simulator.ts';

const options: SchedulerOptions = {
  numSlots: 4,
  maxBatchTotalTokens: 100,
  maxBatchPrefillTokens: 50,
  waitingServedRatio: 0.3,
  maxWaitingTokens: 20,
  prefillChunkTokens: 8,
};

function sequence(promptIds: readonly number[], maxNewTokens: number): Sequence {
  return new Sequence({ promptIds, maxNewTokens, stopIds: [], promptLogprobs: false });
}

function prompt(length: number, first = 0): number[] {
  return Array.from({ length }, (_, i) => first + i);
}

/** What happens before a tick: a request arrives, or one that has not finished is aborted. */
type Command =
  | {
      readonly type: 'add';
      readonly prompt: readonly number[];
      readonly maxNewTokens: number;
      readonly logprobs: boolean;
    }
  | { readonly type: 'abort'; readonly which: number }
  | { readonly type: 'fail'; readonly which: number }
  | { readonly type: 'tick' };

// Few different tokens, so that prompts share prefixes.
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('add' as const),
      prompt: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 24 }),
      maxNewTokens: fc.integer({ min: 1, max: 12 }),
      logprobs: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('abort' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('fail' as const), which: fc.nat() }) },
  { weight: 6, arbitrary: fc.constant({ type: 'tick' as const }) },
);
const anyOptions: fc.Arbitrary<SchedulerOptions> = fc.record({
  numSlots: fc.integer({ min: 1, max: 6 }),
  maxBatchTotalTokens: fc.integer({ min: 36, max: 120 }),
  maxBatchPrefillTokens: fc.integer({ min: 1, max: 60 }),
  maxBatchSize: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
  waitingServedRatio: fc.constantFrom(0, 0.3, 1.2, 5),
  maxWaitingTokens: fc.integer({ min: 0, max: 6 }),
  prefillChunkTokens: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 16, max: 60 })),
});

describe('the scheduler, whatever arrives and leaves', () => {
  it('finds each prefix in its slot, stays within its limits, and finishes all that are not taken out', () => {
    fc.assert(
      fc.property(anyOptions, fc.array(command, { maxLength: 60 }), (schedulerOptions, commands) => {
        const scheduler = new Scheduler(schedulerOptions);
        const cache = new CacheSimulator(schedulerOptions.numSlots);
        const live: Sequence[] = [];
        const firstServed: Sequence[] = [];
        const added: Sequence[] = [];
        let seed = 0;
        const runTick = () => {
          const { prefilled, decoded, finished } = tick(scheduler, cache, () => seed++ % 2);
          for (const one of prefilled) if (!firstServed.includes(one)) firstServed.push(one);
          expect(new Set(decoded).size).toBe(decoded.length);
          for (const done of finished) live.splice(live.indexOf(done), 1);
          const { numRunning, numBatchTokens } = scheduler.statistics();
          expect(numRunning).toBeLessThanOrEqual(schedulerOptions.maxBatchSize ?? schedulerOptions.numSlots);
          expect(numBatchTokens).toBeLessThanOrEqual(schedulerOptions.maxBatchTotalTokens);
          expect(cache.numTokens).toBeLessThanOrEqual(schedulerOptions.maxBatchTotalTokens);
          return prefilled.length + decoded.length;
        };
        for (const next of commands) {
          if (next.type === 'add') {
            const { prompt: promptIds, maxNewTokens, logprobs: promptLogprobs } = next;
            const arrived = new Sequence({ promptIds, maxNewTokens, stopIds: [], promptLogprobs });
            scheduler.add(arrived);
            added.push(arrived);
            live.push(arrived);
          } else if (next.type === 'tick') runTick();
          else if (live.length > 0) {
            const [gone] = live.splice(next.which % live.length, 1);
            if (next.type === 'abort') scheduler.finish(gone!);
            else {
              cache.spoil(gone!);
              scheduler.discard(gone!);
            }
          }
        }
        while (live.length > 0) expect(runTick()).toBeGreaterThan(0);
        expect(firstServed).toEqual(added.filter((one) => firstServed.includes(one)));
        expect(scheduler.statistics()).toEqual({ numRunning: 0, numWaiting: 0, numBatchTokens: 0 });
        expect(scheduler.hasWork).toBe(false);
      }),
      { numRuns: 400 },
    );
  });
});

describe('the scheduler', () => {
  it('computes one chunk of a prompt, then one decode step of the others, in turn', () => {
    const scheduler = new Scheduler(options);
    const cache = new CacheSimulator(4);
    const short = sequence(prompt(3), 9);
    const long = sequence(prompt(20, 50), 9);
    scheduler.add(short);
    scheduler.add(long);
    const log = Array.from({ length: 5 }, () => {
      const { prefilled, decoded } = tick(scheduler, cache, () => 7);
      return [prefilled.map((one) => (one === short ? 'short' : 'long')).join(), decoded.length];
    });
    expect(log).toEqual([
      ['short', 1],
      ['long', 1],
      ['long', 1],
      ['long', 2],
      ['', 2],
    ]);
  });

  it('computes several prompts before a decode step where they are shorter than a chunk together', () => {
    const scheduler = new Scheduler({ ...options, prefillChunkTokens: 40 });
    const cache = new CacheSimulator(4);
    const [first, second, third] = [prompt(20), prompt(18, 30), prompt(10, 60)].map((ids) => sequence(ids, 5));
    for (const one of [first!, second!, third!]) scheduler.add(one);
    expect(tick(scheduler, cache, () => 7)).toMatchObject({ prefilled: [first, second], decoded: [first, second] });
    expect(tick(scheduler, cache, () => 7)).toMatchObject({ prefilled: [third] });
  });

  it('counts each run as costly, however short its prompt', () => {
    const scheduler = new Scheduler({ ...options, prefillChunkTokens: 32 });
    const cache = new CacheSimulator(4);
    for (const first of [0, 20, 40]) scheduler.add(sequence(prompt(1, first), 5));
    const numPrefilled = [1, 2].map(() => tick(scheduler, cache, () => 7).prefilled.length);
    expect(numPrefilled).toEqual([2, 1]);
  });

  it('lets nobody pass the first that waits, though it would fit', () => {
    const scheduler = new Scheduler(options);
    const cache = new CacheSimulator(4);
    const [running, large, small] = [sequence(prompt(4), 56), sequence(prompt(30), 30), sequence(prompt(2), 2)];
    for (const one of [running, large, small]) scheduler.add(one);
    for (let i = 0; i < 10; i++) expect(tick(scheduler, cache, () => 7).prefilled).not.toContain(small);
    expect(scheduler.statistics()).toEqual({ numRunning: 1, numWaiting: 2, numBatchTokens: 60 });
    scheduler.finish(running);
    expect(tick(scheduler, cache, () => 7).prefilled).toEqual([large]);
  });

  it('keeps new ones waiting until they are enough for the running ones, or have waited long enough', () => {
    const admittedAfter = (numWaiting: number) => {
      const scheduler = new Scheduler({
        ...options,
        waitingServedRatio: 2,
        maxWaitingTokens: 5,
        prefillChunkTokens: 64,
      });
      const cache = new CacheSimulator(4);
      scheduler.add(sequence(prompt(1), 30));
      tick(scheduler, cache, () => 7);
      for (let i = 0; i < numWaiting; i++) scheduler.add(sequence(prompt(2, 10 * i), 8));
      for (let steps = 0; ; steps++) if (tick(scheduler, cache, () => 7).prefilled.length > 0) return steps;
    };
    expect(admittedAfter(1)).toBe(4);
    expect(admittedAfter(2)).toBe(0);
  });

  it('admits no more prompt tokens at a time than may be prefilled together', () => {
    const scheduler = new Scheduler({ ...options, maxBatchPrefillTokens: 10 });
    for (const first of [0, 20, 40]) scheduler.add(sequence(prompt(5, first), 2));
    scheduler.nextPrefill();
    expect(scheduler.statistics()).toMatchObject({ numRunning: 2, numWaiting: 1 });
  });

  it('starts a prompt from the longest prefix that a slot holds, all but its last token', () => {
    const scheduler = new Scheduler(options);
    const cache = new CacheSimulator(4);
    scheduler.add(sequence(prompt(20), 1));
    for (let i = 0; i < 3; i++) tick(scheduler, cache, () => 7);
    const computed = (promptIds: readonly number[]) => {
      scheduler.add(sequence(promptIds, 1));
      const { start, tokens, sequence: found } = scheduler.nextPrefill()!;
      scheduler.finish(found);
      scheduler.nextDecode();
      return [start, tokens.length];
    };
    expect(computed([...prompt(12), 99, 98])).toEqual([12, 2]);
    expect(computed(prompt(20))).toEqual([19, 1]);
    expect(computed([99, ...prompt(12)])).toEqual([0, 8]);
  });

  it('lets sequences that arrive together share the prefill of their prompt', () => {
    const scheduler = new Scheduler(options);
    const cache = new CacheSimulator(4);
    const copies = Array.from({ length: 3 }, () => sequence(prompt(8), 5));
    for (const one of copies) scheduler.add(one);
    const computed = copies.map(() => {
      const { tokens, sequence: found, slot, start } = scheduler.nextPrefill()!;
      cache.apply(scheduler.takeOperations());
      cache.run(found, slot, start, tokens);
      found.append(7);
      scheduler.join(found);
      scheduler.nextDecode();
      return tokens.length;
    });
    expect(computed).toEqual([8, 1, 1]);
  });

  it('computes the whole prompt where its log-probabilities are wanted', () => {
    const scheduler = new Scheduler(options);
    const cache = new CacheSimulator(4);
    scheduler.add(sequence(prompt(8), 1));
    tick(scheduler, cache, () => 7);
    scheduler.add(new Sequence({ promptIds: prompt(8), maxNewTokens: 1, stopIds: [], promptLogprobs: true }));
    expect(scheduler.nextPrefill()!.start).toBe(0);
  });

  it('keeps the prefix of a finished sequence whose slot another one moves into', () => {
    const scheduler = new Scheduler(options);
    const cache = new CacheSimulator(4);
    const [first, second] = [sequence(prompt(8), 4), sequence(prompt(8, 50), 20)];
    scheduler.add(first);
    scheduler.add(second);
    for (let i = 0; i < 5; i++) tick(scheduler, cache, () => 7);
    scheduler.add(sequence([...prompt(8), 99], 2));
    expect(scheduler.nextPrefill()!.start).toBe(8);
  });

  it('gives the oldest prefixes back first when their tokens are needed', () => {
    const scheduler = new Scheduler({ ...options, maxBatchTotalTokens: 40 });
    const cache = new CacheSimulator(4);
    const startOf = (promptIds: readonly number[], maxNewTokens: number) => {
      scheduler.add(sequence(promptIds, maxNewTokens));
      const { start } = scheduler.nextPrefill()!;
      while (scheduler.hasWork) tick(scheduler, cache, () => 7);
      return start;
    };
    startOf(prompt(8), 1);
    startOf(prompt(8, 50), 1);
    expect(startOf(prompt(8, 80), 20)).toBe(0);
    expect(startOf(prompt(8, 50), 1)).toBe(7);
    expect(startOf(prompt(8), 1)).toBe(0);
  });

  it('refuses a sequence that could never run', () => {
    const refused = expect.objectContaining({ code: 'validation', message: expect.stringContaining('100') });
    expect(() => new Scheduler(options).add(sequence(prompt(50), 51))).toThrow(refused);
  });
});
