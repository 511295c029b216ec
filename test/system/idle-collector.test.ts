import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { IdleCollector } from '../../src/system/idle-collector.ts';

let held: number[][] = [];
let numCollections = 0;
let collector: IdleCollector;
beforeEach(() => {
  jest.useFakeTimers();
  held = [];
  numCollections = 0;
  collector = new IdleCollector(() => {
    numCollections++;
    held = [];
  });
});
afterEach(() => {
  jest.useRealTimers();
});

/** Grows the heap by about 16 MiB. */
const allocate = () => {
  held = Array.from({ length: 64 }, () => new Array<number>(2 ** 15).fill(0.5));
};

describe('the idle collector', () => {
  it('collects once its thread has rested', () => {
    allocate();
    collector.rest();
    expect(numCollections).toBe(0);
    jest.advanceTimersByTime(1000);
    expect(numCollections).toBe(1);
    expect(held).toEqual([]);
  });

  it('waits for another rest where work comes first', () => {
    allocate();
    collector.rest();
    jest.advanceTimersByTime(100);
    collector.work();
    jest.advanceTimersByTime(1000);
    expect(numCollections).toBe(0);
    collector.rest();
    jest.advanceTimersByTime(1000);
    expect(numCollections).toBe(1);
  });

  it('counts a rest from its beginning, however often it is told', () => {
    allocate();
    collector.rest();
    for (let i = 0; i < 3; i++) {
      jest.advanceTimersByTime(90);
      collector.rest();
    }
    expect(numCollections).toBe(1);
  });

  it('collects with V8 where it is given nothing else', () => {
    const collected = jest.fn();
    const registry = new FinalizationRegistry(collected);
    (() => registry.register(new Array<number>(2 ** 20).fill(0.5), undefined))();
    new IdleCollector().rest();
    allocate();
    jest.advanceTimersByTime(1000);
    jest.useRealTimers();
    return new Promise<void>((done) => setTimeout(done, 50)).then(() => expect(collected).toHaveBeenCalled());
  });
});
