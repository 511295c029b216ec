import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expOfNegative } from '../../../src/engine/sampling/exp.ts';

describe('the exponential by table', () => {
  it('is that of Math.exp to ten digits', () => {
    fc.assert(
      fc.property(fc.double({ min: -103.9, max: 0, noNaN: true }), (x) => {
        expect(Math.abs(expOfNegative(x) / Math.exp(x) - 1)).toBeLessThan(1e-10);
      }),
      { numRuns: 2000 },
    );
  });

  it('is one at zero, zero far below, and not a number where its argument is none', () => {
    expect([0, -0, -1e4, Number.NEGATIVE_INFINITY, Number.NaN].map(expOfNegative)).toEqual([1, 1, 0, 0, Number.NaN]);
  });
});
