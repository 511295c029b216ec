import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from '../../../src/http/json/parse-json.ts';

const codeOf = (text: string) => {
  try {
    parseJson(text);
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return undefined;
};

describe('parseJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/\d{16}/.test(text)); // integers beyond 2^53 have a test of their own
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('keeps every digit of integers beyond 2^53', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }), (seed) => {
        expect(parseJson(`{"seed":${seed}}`)).toEqual({ seed });
      }),
    );
  });

  it('tells exact integers from floats of the same size', () => {
    expect(parseJson('[9007199254740993, 9007199254740993.0, 1e300, 1.0]')).toEqual([
      9007199254740993n,
      9007199254740992,
      1e300,
      1,
    ]);
  });

  it.each([
    ['nothing', ''],
    ['an open object', '{"inputs": "x"'],
    ['single quotes', "{'inputs': 'x'}"],
    ['NaN', '{"a": NaN}'],
    ['a number out of range', '{"a": 1e999}'],
    ['an integer out of range', `{"a": ${'9'.repeat(400)}}`],
    ['half of a surrogate pair', '{"inputs": "\\ud800"}'],
    ['half of a surrogate pair in a key', '{"a": {"\\udc00": 1}}'],
    ['trailing text', '{} y'],
    ['100,000 nested lists', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['100,000 nested objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(text)).toBe('malformed_request');
  });

  it('takes whole surrogate pairs, and brackets inside strings without counting them', () => {
    expect(parseJson('"\\ud83d\\ude42"')).toBe('🙂');
    expect(parseJson(JSON.stringify(`${'['.repeat(500)}\\"[`))).toBe(`${'['.repeat(500)}\\"[`);
  });

  it('refuses a key that is given twice', () => {
    expect(codeOf('{"inputs":"x","inputs":"y"}')).toBe('invalid_body');
  });

  it('keeps __proto__ a plain key', () => {
    const value = parseJson('{"__proto__": {"isAdmin": true}}') as { isAdmin?: boolean };
    expect(value.isAdmin).toBeUndefined();
  });
});
