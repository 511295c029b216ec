import { describe, expect, it } from '@jest/globals';
import { parseCount, parseDuration, parseParameters } from '../../src/cli/parse-duration.ts';

describe('values of options', () => {
  it.each([
    ['90s', 90_000],
    ['1.5m', 90_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['30', 30_000],
  ])('reads the duration %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each([
    ['70e9', 70e9],
    ['7.24B', 7.24e9],
    ['125m', 125e6],
    ['1000', 1000],
  ])('reads %s parameters', (text, count) => {
    expect(parseParameters(text)).toBe(count);
  });

  it.each(['', 'soon', '-1s', '1w', '1 2'])('refuses %j', (text) => {
    expect(() => parseDuration(text)).toThrow('Expected such as 90s');
    expect(() => parseParameters(text)).toThrow('Expected such as 7.24e9');
    expect(() => parseCount(text)).toThrow('Expected a whole number');
  });
});
