import { ParlanceError } from '../../errors/errors.ts';
import { type CharDfa, combine, intersection, matchWhole, ofLength } from '../languages/char-dfa.ts';
import { choice, literal, optional, type Regex, repeat, sequence, setOf } from '../languages/regex.ts';
import type { JsonNumber } from './json-schema.ts';

export interface Bound {
  readonly value: JsonNumber;
  readonly isExclusive: boolean;
}

/** What a schema says of a number. */
export interface NumberConstraint {
  readonly isInteger: boolean;
  readonly min: Bound | undefined;
  readonly max: Bound | undefined;
  readonly multiplesOf: readonly JsonNumber[];
}

/** Free numbers end somewhere. 19 digits hold an int64; 15 are what a double tells apart, so that a bound which holds
 * for the text holds for the parsed number. */
const MAX_INTEGER_DIGITS = 19;
const MAX_DECIMAL_LENGTH = 16;
const MAX_REMAINDER_STATES = 20_000;

const DIGIT = setOf([0x30, 0x39]);
const NON_ZERO = setOf([0x31, 0x39]);
const digits = (min: number, max: number) => repeat(DIGIT, min, max);
const anyDigits = digits(0, Infinity);
const digitBetween = (lo: number, hi: number) => setOf(lo > hi ? [] : [0x30 + lo, 0x30 + hi]);
const zeros = repeat(setOf([0x30, 0x30]), 0, Infinity);
const somewhereNonZero = sequence(anyDigits, NON_ZERO, anyDigits);
const fraction = (rest: Regex) => sequence(literal('.'), rest);
const anyFraction = optional(fraction(digits(1, Infinity)));
const natural = (maxDigits: number) => choice(literal('0'), sequence(NON_ZERO, digits(0, maxDigits - 1)));

/** The decimal texts of the numbers that a schema allows, as JSON writes them; no exponents where there are bounds.
 * @throws validation naming `multipleOf` where it has too many digits */
export function numberLanguage(constraint: NumberConstraint): CharDfa {
  const { min, max, multiplesOf, isInteger } = constraint;
  if (!min && !max && multiplesOf.length === 0) return matchWhole(unconstrained(isInteger), 'type');
  const positive = magnitudes(constraint);
  const negative = magnitudes({ ...constraint, min: negated(max), max: negated(min) });
  const signed = combine(positive, withMinus(negative), (x, y) => x || y, 'minimum');
  return multiplesOf.reduce((dfa, factor) => intersection(dfa, multiples(factor), 'multipleOf'), signed);
}

function unconstrained(isInteger: boolean): Regex {
  const minus = optional(literal('-'));
  if (isInteger) return choice(literal('0'), sequence(minus, NON_ZERO, digits(0, MAX_INTEGER_DIGITS - 1)));
  const exponent = sequence(setOf([0x45, 0x45, 0x65, 0x65]), optional(setOf([0x2b, 0x2b, 0x2d, 0x2d])), digits(1, 2));
  return sequence(
    minus,
    natural(MAX_DECIMAL_LENGTH),
    optional(fraction(digits(1, MAX_DECIMAL_LENGTH))),
    optional(exponent),
  );
}

const negated = (bound: Bound | undefined): Bound | undefined => bound && { ...bound, value: -bound.value };

/** The texts without a sign whose value is within the bounds. */
function magnitudes({ isInteger, min, max }: NumberConstraint): CharDfa {
  const lengths = [min, max].map((bound) => (bound ? decimalOf(bound.value).join('.').length : 0));
  const maxLength = Math.max(isInteger ? MAX_INTEGER_DIGITS : MAX_DECIMAL_LENGTH, ...lengths);
  const syntax = isInteger ? natural(maxLength) : sequence(natural(maxLength), anyFraction);
  let language = intersection(matchWhole(syntax, 'minimum'), ofLength(1, maxLength, 'minimum'), 'minimum');
  const isAboveZero = min && (min.value > 0 || (min.value >= 0 && min.isExclusive));
  if (isAboveZero) language = intersection(language, matchWhole(atLeast(min), 'minimum'), 'minimum');
  if (max) language = intersection(language, matchWhole(atMost(max), 'maximum'), 'maximum');
  return language;
}

/** The digits before and after the point, without trailing zeros after it, and without the sign. */
function decimalOf(value: JsonNumber): [string, string] {
  const [, whole, part = '', exponent = '0'] = /^-?(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value))!;
  const shift = Number(exponent);
  const all = whole! + part;
  const point = whole!.length + shift;
  const padded = point <= 0 ? '0'.repeat(1 - point) + all : all.padEnd(point, '0');
  const split = Math.max(point, 1);
  return [padded.slice(0, split).replace(/^0+(?=\d)/, ''), padded.slice(split).replace(/0+$/, '')];
}

/** Exactly, as decimals: 0.3 is a multiple of 0.1. */
export function isMultiple(value: JsonNumber, factor: JsonNumber): boolean {
  const [number, divisor] = [decimalOf(value), decimalOf(factor)];
  const scale = Math.max(number[1].length, divisor[1].length);
  const scaled = ([whole, part]: [string, string]) => BigInt(whole + part.padEnd(scale, '0'));
  return scaled(number) % scaled(divisor) === 0n;
}

function atLeast({ value, isExclusive }: Bound): Regex {
  const [whole, part] = decimalOf(value);
  const more = sequence(NON_ZERO, digits(whole.length, Infinity));
  const larger = digitwise(
    whole,
    (digit) => digitBetween(digit + 1, 9),
    (rest) => digits(rest, rest),
  );
  const above = digitwise(
    part,
    (digit) => digitBetween(digit + 1, 9),
    () => anyDigits,
  );
  const same = sequence(literal(part), isExclusive ? somewhereNonZero : anyDigits);
  const mayStop = part === '' && !isExclusive;
  const fractions = fraction(mayStop ? digits(1, Infinity) : choice(above, same));
  const equal = sequence(literal(whole), mayStop ? optional(fractions) : fractions);
  return choice(sequence(choice(more, larger), anyFraction), equal);
}

function atMost({ value, isExclusive }: Bound): Regex {
  if (value < 0) return choice();
  const [whole, part] = decimalOf(value);
  const fewer = whole.length === 1 ? choice() : natural(whole.length - 1);
  // A natural has no leading zero, except for 0 itself: the intersection with the syntax sees to that.
  const smaller = digitwise(
    whole,
    (digit) => digitBetween(0, digit - 1),
    (rest) => digits(rest, rest),
  );
  const below = digitwise(
    part,
    (digit) => digitBetween(0, digit - 1),
    () => anyDigits,
  );
  const shorter = choice(...[...part].map((_, index) => literal(part.slice(0, index))));
  const same = isExclusive ? choice() : sequence(literal(part), zeros);
  const fractions = fraction(sequence(choice(below, shorter, same)));
  const mayStop = part !== '' || !isExclusive;
  const equal = sequence(literal(whole), mayStop ? optional(fractions) : fractions);
  return choice(sequence(choice(fewer, smaller), anyFraction), equal);
}

/** Texts that agree with `text` up to some digit and differ there. */
function digitwise(text: string, differ: (digit: number) => Regex, rest: (length: number) => Regex): Regex {
  return choice(
    ...[...text].map((digit, index) =>
      sequence(literal(text.slice(0, index)), differ(Number(digit)), rest(text.length - index - 1)),
    ),
  );
}

function withMinus(dfa: CharDfa): CharDfa {
  const bounds = [...new Set([...dfa.bounds, 0x2d, 0x2e])].sort((a, b) => a - b);
  const sources = bounds.map((bound) => dfa.bounds.findLastIndex((start) => start <= bound));
  const rows = dfa.next.map((row) => Int32Array.from(sources, (source) => (row[source]! < 0 ? -1 : row[source]! + 1)));
  const first = Int32Array.from(bounds, (bound) => (bound === 0x2d ? 1 : -1));
  return { bounds, next: [first, ...rows], accepting: [false, ...dfa.accepting] };
}

/** Decimal texts of the multiples of a factor: the remainder of the digits read so far, and how many of them were after
 * the point. */
function multiples(factor: JsonNumber): CharDfa {
  const [whole, part] = decimalOf(factor);
  const scale = part.length;
  const modulus = Number(whole + part);
  if (modulus * (scale + 2) > MAX_REMAINDER_STATES) {
    throw new ParlanceError('validation', `multipleOf ${factor} has too many digits: up to 4 are supported`, {
      param: 'multipleOf',
    });
  }
  // Classes: below '-', '-', '.', '/', the ten digits, above. States: 0 start, then (digits after the point, remainder).
  const bounds = [0, 0x2d, 0x2e, 0x2f, ...Array.from({ length: 11 }, (_, digit) => 0x30 + digit)];
  const stateOf = (numAfterPoint: number, remainder: number) => 1 + numAfterPoint * modulus + remainder;
  const row = (point: number, digit: (digit: number) => number, minus = -1) =>
    Int32Array.from([-1, minus, point, -1, ...Array.from({ length: 10 }, (_, value) => digit(value)), -1]);
  const next = [row(-1, (digit) => stateOf(0, digit % modulus), 0)];
  const accepting = [false];
  for (let level = 0; level <= scale + 1; level++) {
    for (let remainder = 0; remainder < modulus; remainder++) {
      const isWhole = level === 0;
      next.push(
        row(isWhole ? stateOf(1, remainder) : -1, (digit) => {
          if (isWhole) return stateOf(0, (remainder * 10 + digit) % modulus);
          if (level <= scale) return stateOf(level + 1, (remainder * 10 + digit) % modulus);
          return digit === 0 ? stateOf(level, remainder) : -1;
        }),
      );
      const numMissing = scale - Math.max(0, level - 1);
      accepting.push((remainder * 10 ** numMissing) % modulus === 0);
    }
  }
  return { bounds, next, accepting };
}
