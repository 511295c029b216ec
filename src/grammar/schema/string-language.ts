import { type CharDfa, intersection, isEmpty, ofLength } from '../languages/char-dfa.ts';
import { textsMatchingSomewhere, textsMatchingWhole } from '../languages/pattern-language.ts';
import { formatPatterns } from './formats.ts';

/** What a schema says of a string; lengths in code points. */
export interface StringConstraint {
  readonly minLength: number;
  readonly maxLength: number;
  readonly patterns: readonly string[];
  readonly formats: readonly string[];
}

export const hasPattern = ({ patterns, formats }: StringConstraint): boolean => patterns.length + formats.length > 0;

const MAX_CACHED = 100;
const cache = new Map<string, CharDfa>();

function cached(key: string, make: () => CharDfa): CharDfa {
  const dfa = cache.get(key) ?? make();
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(key, dfa);
  return dfa;
}

/** Strings in which the pattern matches somewhere. */
export const patternDfa = (pattern: string): CharDfa =>
  cached(`pattern:${pattern}`, () => textsMatchingSomewhere(pattern, 'pattern'));

export const formatDfa = (format: string): CharDfa =>
  cached(`format:${format}`, () => textsMatchingWhole(formatPatterns.get(format)!, 'format'));

/** The texts of a string that has a pattern or a format. @throws validation where they do not go into one automaton */
export function stringLanguage(constraint: StringConstraint): CharDfa {
  const { minLength, maxLength, patterns, formats } = constraint;
  const parts = [...formats.map(formatDfa), ...patterns.map(patternDfa)];
  if (minLength > 0 || maxLength < Infinity) parts.push(ofLength(minLength, maxLength, 'maxLength'));
  return parts.reduce((all, part) => intersection(all, part, 'pattern'));
}

/** Whether surely no string satisfies both. */
export function areStringsDisjoint(a: StringConstraint, b: StringConstraint): boolean {
  if (a.minLength > b.maxLength || b.minLength > a.maxLength) return true;
  if (!hasPattern(a) || !hasPattern(b)) return false;
  return isEmpty(intersection(stringLanguage(a), stringLanguage(b), 'oneOf'));
}
