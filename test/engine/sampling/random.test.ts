import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Random } from '../../../src/engine/sampling/random.ts';

function draw(seed: bigint, count: number): number[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => random.nextUint32());
}

describe('a random stream', () => {
  it('is the xoshiro128** sequence of the state that splitmix64 makes of the seed', () => {
    const mask = 0xffffffffn;
    const outputs = [0xe220a8397b1dcdafn, 0x6e789e6aa1b965f4n];
    let [a, b, c, d] = outputs.flatMap((output) => [output & mask, output >> 32n]) as [bigint, bigint, bigint, bigint];
    const rotate = (x: bigint, bits: bigint) => ((x << bits) | (x >> (32n - bits))) & mask;
    const expected = Array.from({ length: 100 }, () => {
      const result = (rotate((b * 5n) & mask, 7n) * 9n) & mask;
      const shifted = (b << 9n) & mask;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = rotate(d, 11n);
      return Number(result);
    });
    expect(draw(0n, 100)).toEqual(expected);
  });

  it('differs for seeds that differ only beyond 2^53', () => {
    const seed = 2n ** 63n + 1n;
    expect(Number(seed)).toBe(Number(seed + 1n));
    expect(draw(seed, 4)).not.toEqual(draw(seed + 1n, 4));
  });

  it('is the same for the same seed, and differs for any other', () => {
    const seeds = fc.uniqueArray(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(seeds, ([a, b]) => {
        expect(draw(a!, 8)).toEqual(draw(a!, 8));
        expect(draw(a!, 8)).not.toEqual(draw(b!, 8));
      }),
    );
  });

  it('fills [0, 1) evenly', () => {
    const random = new Random(42n);
    const bins = new Array<number>(16).fill(0);
    for (let i = 0; i < 16000; i++) bins[Math.floor(random.nextFloat() * 16)]!++;
    const chiSquare = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(37.7);
  });
});
