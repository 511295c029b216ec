import { describe, expect, it } from '@jest/globals';
import { inBytes, inShort } from '../../src/cli/output/units.ts';

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1536, '1.5 KiB'],
    [2 ** 30, '1 GiB'],
    [150 * 2 ** 20 + 1, '150 MiB'],
  ])('print %d bytes as %s', (count, text) => {
    expect(inBytes(count)).toBe(text);
  });

  it.each([
    [999, '999'],
    [82_800, '82.8K'],
    [1_100_048_384, '1.1B'],
  ])('print %d as %s', (count, text) => {
    expect(inShort(count)).toBe(text);
  });
});
