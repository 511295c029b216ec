import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { selectByWeight } from '../../../src/engine/sampling/select-by-weight.ts';

const key = fc.oneof(
  fc.float({ noNaN: true }),
  fc.constantFrom(0, 1, -1, 2.5, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
);

describe('selection by weight', () => {
  it('finds the k-th largest key, whatever the keys', () => {
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 60 }), fc.nat(), (values, seed) => {
        const keys = Float32Array.from(values, (value) => value + 0);
        const k = 1 + (seed % keys.length);
        const descending = [...keys].sort((a, b) => b - a);
        const selection = selectByWeight(keys, undefined, { length: keys.length, target: k });
        expect(selection.key + 0).toBe(descending[k - 1]! + 0);
      }),
    );
  });

  it('gathers the larger keys until their weight reaches the target', () => {
    const keys = Float32Array.of(3, -1, 2, 2, 7, 0);
    const weights = Float32Array.of(4, 1, 2, 2, 8, 1);
    const select = (target: number) => selectByWeight(keys, weights, { length: 6, target });
    expect(select(8)).toEqual({ key: 7, weightBefore: 0, numTies: 1 });
    expect(select(8.5)).toEqual({ key: 3, weightBefore: 8, numTies: 1 });
    expect(select(13)).toEqual({ key: 2, weightBefore: 12, numTies: 2 });
    expect(select(1000)).toEqual({ key: -1, weightBefore: 17, numTies: 1 });
  });

  it('looks at the first keys only', () => {
    const keys = Float32Array.of(1, 2, 99);
    expect(selectByWeight(keys, undefined, { length: 2, target: 1 }).key).toBe(2);
  });
});
