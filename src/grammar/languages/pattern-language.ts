import { type CharDfa, difference, intersection, matchSomewhere, matchWhole } from './char-dfa.ts';
import { parseRegex } from './regex-parser.ts';

interface LookAhead {
  readonly body: string;
  readonly isNegated: boolean;
}

/** Texts in which a pattern matches somewhere, as JSON Schema means it.
 * @throws validation naming `param` */
export function textsMatchingSomewhere(pattern: string, param: string): CharDfa {
  const { lookAheads, rest } = splitLookAheads(pattern.startsWith('^') ? pattern.slice(1) : undefined);
  if (rest === undefined) return matchSomewhere(parseRegex(pattern, param), param);
  return narrowed(matchSomewhere(parseRegex(`^${rest}`, param), param), lookAheads, param);
}

/** Texts that a pattern matches as a whole. @throws validation naming `param` */
export function textsMatchingWhole(pattern: string, param: string): CharDfa {
  const { lookAheads, rest } = splitLookAheads(pattern.replace(/^\^/, ''));
  if (rest === undefined) return matchWhole(parseRegex(pattern, param), param);
  return narrowed(matchWhole(parseRegex(rest, param), param), lookAheads, param);
}

/** Look-ahead at the start of a text says of the whole text what it begins with: languages can be cut with that. */
function narrowed(dfa: CharDfa, lookAheads: readonly LookAhead[], param: string): CharDfa {
  return lookAheads.reduce((language, { body, isNegated }) => {
    const beginning = matchSomewhere(parseRegex(`^(?:${body})`, param), param);
    return isNegated ? difference(language, beginning, param) : intersection(language, beginning, param);
  }, dfa);
}

/** @returns no rest where the pattern does not begin with look-ahead, or has choices that it does not govern */
function splitLookAheads(pattern: string | undefined): { lookAheads: LookAhead[]; rest: string | undefined } {
  const lookAheads: LookAhead[] = [];
  let rest = pattern ?? '';
  while (rest.startsWith('(?=') || rest.startsWith('(?!')) {
    const end = depths(rest).indexOf(0);
    if (end < 0) break;
    lookAheads.push({ body: rest.slice(3, end), isNegated: rest[2] === '!' });
    rest = rest.slice(end + 1);
  }
  const nesting = depths(rest);
  const hasChoice = [...rest].length > 0 && nesting.some((depth, index) => depth === 0 && rest[index] === '|');
  return lookAheads.length === 0 || hasChoice ? { lookAheads: [], rest: undefined } : { lookAheads, rest };
}

/** How deep in groups each UTF-16 unit leaves off; characters that are escaped or in a class never count as 0. */
function depths(pattern: string): number[] {
  const found: number[] = [];
  let depth = 0;
  let isInClass = false;
  for (let index = 0; index < pattern.length; index++) {
    if (pattern[index] === '\\') {
      found.push(1);
      index++;
    } else if (isInClass) isInClass = pattern[index] !== ']';
    else if (pattern[index] === '[') isInClass = true;
    else if (pattern[index] === '(') depth++;
    else if (pattern[index] === ')') depth--;
    found.push(isInClass || pattern[index - 1] === '\\' ? Math.max(depth, 1) : depth);
  }
  return found;
}
