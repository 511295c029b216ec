import { describe, expect, it } from '@jest/globals';
import { numEncoders } from '../../src/text/encoder.ts';

describe('the number of encoders', () => {
  it.each([
    [1, 4, 1],
    [2, 4, 2],
    [8, 4, 2],
    [8, 16, 8],
    [2, 1, 1],
  ])('of %i asked for, with %i threads of libuv, leaves two threads to others: %i', (asked, numThreads, expected) => {
    expect(numEncoders(asked, numThreads)).toBe(expected);
  });
});
