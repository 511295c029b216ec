import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boundsToShare, bytesOfShare } from '../../src/engine/memory/memory-sharing.ts';

const bound = (leftBytes: number) => ({ kind: 'memory', name: 'the machine', limitBytes: 2e9, leftBytes }) as const;

describe('engines that share memory', () => {
  it('may each count on an equal part before they are loaded, of what those before left', () => {
    expect(boundsToShare([bound(900)], { numEngines: 3, numLoaded: 0 })).toEqual([bound(300)]);
    expect(boundsToShare([bound(800)], { numEngines: 3, numLoaded: 1 })).toEqual([bound(400)]);
    expect(boundsToShare([bound(900)])).toEqual([bound(900)]);
  });

  it('come to the same part once they are loaded, one after another, and never to more than there is', () => {
    const sizes = { total: fc.integer({ min: 0, max: 1e9 }), weights: fc.integer({ min: 0, max: 1e8 }) };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.record(sizes), (numEngines, { total, weights }) => {
        const parts = Array.from({ length: numEngines }, (_, numLoaded) => {
          const left = total - (numLoaded + 1) * weights;
          return bytesOfShare(left, weights, { numEngines, numLoaded });
        });
        expect(new Set(parts).size).toBe(1);
        expect(numEngines * (parts[0]! + weights)).toBeLessThanOrEqual(Math.max(total, numEngines * weights));
      }),
    );
  });

  it('is all of it for one alone', () => {
    expect(bytesOfShare(123, 45)).toBe(123);
  });
});
