import { describe, expect, it } from '@jest/globals';
import { numberIn, parseCount, parseParameters } from '../../src/cli/settings/parse-number.ts';

describe('numbers of options', () => {
  it.each([
    ['70e9', 70e9],
    ['7.24B', 7.24e9],
    ['125m', 125e6],
    ['1000', 1000],
  ])('reads %s parameters', (text, count) => {
    expect(parseParameters(text)).toBe(count);
  });

  it.each(['', 'soon', '-1s', '1w', '1 2'])('refuses %j', (text) => {
    expect(() => parseParameters(text)).toThrow('Expected such as 7.24e9');
    expect(() => parseCount(text)).toThrow('Expected an integer from 0.');
  });

  it.each([
    [{}, '-1.5', -1.5],
    [{ min: 0 }, '0', 0],
    [{ above: 0, max: 1 }, '1', 1],
    [{ kind: 'integer', min: 2 }, ' 2 ', 2],
  ] as const)('takes what lies in %j: %s', (range, text, value) => {
    expect(numberIn(range)(text)).toBe(value);
  });

  it.each([
    [{}, 'abc', 'Expected a number.'],
    [{}, 'Infinity', 'Expected a number.'],
    [{}, ' ', 'Expected a number.'],
    [{ min: 0 }, '-0.1', 'Expected a number from 0.'],
    [{ above: 0, max: 1 }, '0', 'Expected a number above 0 up to 1.'],
    [{ kind: 'integer', min: 0, max: 65_535 }, '80.5', 'Expected an integer from 0 up to 65535.'],
  ] as const)('refuses what lies outside %j: %s', (range, text, message) => {
    expect(() => numberIn(range)(text)).toThrow(message);
  });
});
