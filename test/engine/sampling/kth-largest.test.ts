import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { kthLargest } from '../../../src/engine/sampling/kth-largest.ts';

describe('the k-th largest value', () => {
  it('is that of a full sort, for few and for many', () => {
    const value = fc.oneof(fc.float({ noNaN: true }), fc.constantFrom(1, 2, Number.NEGATIVE_INFINITY));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 100 }), fc.nat(120), (numbers, below) => {
        const values = Float32Array.from(numbers);
        const k = below + 1;
        const descending = [...values].sort((a, b) => b - a);
        expect(kthLargest(values, { length: values.length, k })).toBeCloseTo(
          descending[Math.min(k, values.length) - 1]!,
        );
      }),
    );
  });

  it('is the same by either way', () => {
    const values = Float32Array.from({ length: 3000 }, (_, i) => (i * 7919) % 3001);
    const descending = values.toSorted().reverse();
    for (const k of [511, 512, 513, 2999]) expect(kthLargest(values, { length: 3000, k })).toBe(descending[k - 1]);
  });
});
