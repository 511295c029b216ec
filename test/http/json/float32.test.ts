import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shortestFloat32 } from '../../../src/http/json/float32.ts';

describe('shortestFloat32', () => {
  it('names the same float32 with at most nine digits', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const short = shortestFloat32(value)!;
        expect(Math.fround(short) === value).toBe(true);
        expect(
          String(short)
            .replace(/e.*$|[-.]/g, '')
            .replace(/^0+|0+$/g, '').length,
        ).toBeLessThanOrEqual(9);
      }),
    );
  });

  it('prints what TGI prints', () => {
    expect(
      [-0.019130135, -0.00046778703, -0.00024863967, -7.353488].map((value) => shortestFloat32(Math.fround(value))),
    ).toEqual([-0.019130135, -0.00046778703, -0.00024863967, -7.353488]);
    expect(shortestFloat32(Math.fround(0.1))).toBe(0.1);
  });

  it('leaves out what JSON cannot carry', () => {
    expect([Number.NEGATIVE_INFINITY, Number.NaN].map(shortestFloat32)).toEqual([null, null]);
  });
});
