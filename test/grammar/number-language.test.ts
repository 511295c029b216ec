import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accepts, isEmpty } from '../../src/grammar/languages/char-dfa.ts';
import { type Bound, isMultiple, numberLanguage } from '../../src/grammar/schema/number-language.ts';

const NONE = { isInteger: false, min: undefined, max: undefined, multiplesOf: [] };
const decimal = fc.integer({ min: -20_000, max: 20_000 }).map((value) => value / 100);
const bound = fc.option(fc.record({ value: decimal, isExclusive: fc.boolean() }), { nil: undefined });

const isWithin = (value: number, min: Bound | undefined, max: Bound | undefined) =>
  (!min || (min.isExclusive ? value > min.value : value >= min.value)) &&
  (!max || (max.isExclusive ? value < max.value : value <= max.value));

describe('the texts of numbers', () => {
  it('within bounds are those whose value is', () => {
    fc.assert(
      fc.property(bound, bound, decimal, fc.nat(2), (min, max, value, numZeros) => {
        const language = numberLanguage({ ...NONE, min, max });
        const text = String(value);
        const padded = text.includes('.') ? text + '0'.repeat(numZeros) : text;
        expect(accepts(language, padded)).toBe(isWithin(value, min, max));
      }),
      { numRuns: 300 },
    );
  });

  it('of integers are those of the integers within the bounds', () => {
    fc.assert(
      fc.property(bound, bound, fc.integer({ min: -300, max: 300 }), (min, max, value) => {
        expect(accepts(numberLanguage({ ...NONE, isInteger: true, min, max }), String(value))).toBe(
          isWithin(value, min, max),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('are multiples where they must be', () => {
    const factor = fc.constantFrom(1, 3, 7, 15, 100, 0.1, 0.5, 0.25, 0.01, 2.5);
    fc.assert(
      fc.property(factor, fc.integer({ min: -40_000, max: 40_000 }), (multipleOf, hundredths) => {
        const expected = hundredths % Math.round(multipleOf * 100) === 0;
        const value = hundredths / 100;
        expect(accepts(numberLanguage({ ...NONE, multiplesOf: [multipleOf] }), String(value))).toBe(expected);
        expect(isMultiple(value, multipleOf)).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('at bounds that doubles write with an exponent', () => {
    const tiny = numberLanguage({
      ...NONE,
      min: { value: 1e-7, isExclusive: false },
      max: { value: 2e-7, isExclusive: true },
    });
    expect(['0.0000001', '0.00000019'].map((text) => accepts(tiny, text))).toEqual([true, true]);
    expect(['0', '0.0000002', '1'].map((text) => accepts(tiny, text))).toEqual([false, false, false]);
    const huge = numberLanguage({ ...NONE, isInteger: true, min: { value: 1e21, isExclusive: false } });
    expect([`1${'0'.repeat(21)}`, '9'.repeat(21)].map((text) => accepts(huge, text))).toEqual([true, false]);
  });

  it('within bounds beyond 2^53 keep every digit', () => {
    const max = { value: 9223372036854775807n, isExclusive: false };
    const language = numberLanguage({ ...NONE, isInteger: true, min: { value: 0, isExclusive: false }, max });
    expect(['9223372036854775807', '9223372036854775808'].map((text) => accepts(language, text))).toEqual([
      true,
      false,
    ]);
  });

  it('are none between bounds that leave none', () => {
    const between = (min: number, max: number) => ({
      ...NONE,
      isInteger: true,
      min: { value: min, isExclusive: true },
      max: { value: max, isExclusive: true },
    });
    expect(isEmpty(numberLanguage(between(3, 4)))).toBe(true);
    expect(isEmpty(numberLanguage(between(3, 5)))).toBe(false);
  });

  it('are refused where a factor has too many digits', () => {
    expect(() => numberLanguage({ ...NONE, multiplesOf: [12345.678] })).toThrow(
      'multipleOf 12345.678 has too many digits',
    );
  });
});
