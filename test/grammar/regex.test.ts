import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accepts } from '../../src/grammar/languages/char-dfa.ts';
import { textsMatchingSomewhere, textsMatchingWhole } from '../../src/grammar/languages/pattern-language.ts';

const whole = (pattern: string) => textsMatchingWhole(pattern, 'grammar');
const somewhere = (pattern: string) => textsMatchingSomewhere(pattern, 'pattern');

/** Patterns over a few characters, as text. */
const patterns = fc.letrec<{ regex: string }>((tie) => ({
  regex: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '\\d', '[a-c1]', '\\x61', ''),
    fc.tuple(tie('regex'), tie('regex')).map((parts) => parts.join('')),
    fc.tuple(tie('regex'), tie('regex')).map(([a, b]) => `(?:${a}|${b})`),
    fc
      .tuple(tie('regex'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{0,2}?', '{2,}'))
      .map(([a, count]) => `(${a})${count}`),
  ),
})).regex;
const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', 'é', '😀'), maxLength: 6 });

describe('a regex as an automaton', () => {
  it('matches whole texts as ECMAScript does', () => {
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        expect(accepts(whole(pattern), text)).toBe(new RegExp(`^(?:${pattern})$`, 'u').test(text));
      }),
      { numRuns: 400 },
    );
  });

  it('finds matches anywhere as ECMAScript does, anchors included', () => {
    const edges = fc.constantFrom('', '^', '$');
    fc.assert(
      fc.property(patterns, edges, edges, texts, (pattern, first, last, text) => {
        const source = `${first === '$' ? '' : first}(?:${pattern})${last === '^' ? '' : last}`;
        expect(accepts(somewhere(source), text)).toBe(new RegExp(source, 'u').test(text));
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['^ab|cd$', ['ab', 'cd', 'abx', 'xcd'], ['xab', 'cdx']],
    ['(^|-)x(-|$)', ['x', 'a-x', 'x-b', 'a-x-b'], ['ax', 'xb']],
  ])('takes anchors anywhere: %s', (pattern, matching, others) => {
    const dfa = somewhere(pattern);
    expect(matching.filter((text) => !accepts(dfa, text))).toEqual([]);
    expect(others.filter((text) => accepts(dfa, text))).toEqual([]);
  });

  it.each([
    ['(?i)straße', ['STRAẞE', 'sTraße', 'ſtraße'], ['strasse']],
    ['(?i)[^s]k', ['xK', 'yk'], ['sk', 'Sk', 'ſk']],
    ['(?P<year>\\d{4})-(?<month>\\d\\d)', ['2024-01'], ['24-1']],
    ['\\p{Lu}\\p{Greek}', ['Aα'], ['aα', 'AA']],
    ['\\u00e9\\u{1F600}\\ud83d\\ude00', ['é😀😀'], ['é😀']],
    ['[\\w.-]+@[^\\s@]+', ['a.b@c-d'], ['a b@c', 'a@ b']],
  ])('knows the syntax of Rust and of ECMAScript: %s', (pattern, matching, others) => {
    expect(matching.filter((text) => !accepts(whole(pattern), text))).toEqual([]);
    expect(others.filter((text) => accepts(whole(pattern), text))).toEqual([]);
  });

  it('cuts a language by the look-ahead that it begins with, as ECMAScript does', () => {
    const looks = fc.array(fc.tuple(fc.constantFrom('=', '!'), patterns), { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(looks, patterns, texts, (lookAheads, pattern, text) => {
        const source = `^${lookAheads.map(([sign, body]) => `(?${sign}${body})`).join('')}(?:${pattern})`;
        expect(accepts(somewhere(source), text)).toBe(new RegExp(source, 'u').test(text));
        expect(accepts(whole(source), text)).toBe(new RegExp(`${source}$`, 'u').test(text));
      }),
      { numRuns: 300 },
    );
  });

  it('holds the patterns that schema libraries write', () => {
    const zodEmail =
      "^(?!\\.)(?!.*\\.\\.)([A-Za-z0-9_'+\\-\\.]*)[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9\\-]*\\.)+[A-Za-z]{2,}$";
    const dfa = somewhere(zodEmail);
    expect(['a.b@example.com', "o'neil+x@a.b-c.io"].filter((text) => !accepts(dfa, text))).toEqual([]);
    expect(
      ['.a@example.com', 'a..b@example.com', 'a@example', 'a b@example.com'].filter((text) => accepts(dfa, text)),
    ).toEqual([]);
  });

  it('takes of a class only what every dialect takes', () => {
    expect(accepts(whole('\\d'), '٣')).toBe(false);
    expect(accepts(whole('\\D'), '٣')).toBe(false);
    expect(accepts(whole('[^\\D]'), '3')).toBe(true);
    expect(accepts(whole('.'), '\u2028')).toBe(false);
  });

  it.each([
    ['b(?=a)', 'look-ahead'],
    ['(?!a)b|c', 'look-ahead'],
    ['(?<!a)b', 'look-behind'],
    ['(a)\\1', 'back references'],
    ['\\bword', 'word boundaries'],
    ['a++', 'possessive'],
    ['(?>a)', 'atomic'],
    ['[a', 'a class is not closed'],
    ['(a', 'a group is not closed'],
    ['a)', 'an unopened group is closed'],
    ['*a', 'nothing to repeat'],
    ['a{3,1}', 'ends before it starts'],
    ['[z-a]', 'out of order'],
    ['\\q', 'the escape \\q is not supported'],
    ['\\p{Nope}', 'is unknown'],
    [`${'('.repeat(300)}a${')'.repeat(300)}`, 'nested more than 200 deep'],
    ['(.*a.{40})', 'too complex'],
    ['((a{0,99}){0,99}){0,99}', 'too complex'],
  ])('refuses %s: %s', (pattern, reason) => {
    expect(() => whole(pattern)).toThrow(
      expect.objectContaining({ code: 'validation', param: 'grammar', message: expect.stringContaining(reason) }),
    );
  });

  it('takes no longer for patterns on which backtracking takes for ever', () => {
    const started = performance.now();
    expect(accepts(whole('(x+x+)+y'), 'x'.repeat(5000))).toBe(false);
    expect(accepts(whole('(a|aa|a*)*b'), `${'a'.repeat(5000)}b`)).toBe(true);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
