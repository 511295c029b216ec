/** Unicode code points as sorted, disjoint, inclusive ranges: [lo, hi, lo, hi, …]. */
export type CodePointSet = readonly number[];

const MAX_CODE_POINT = 0x10ffff;

export const EVERY_CODE_POINT: CodePointSet = [0, MAX_CODE_POINT];

/** What well-formed UTF-8 can hold: every code point but the surrogates. */
export const SCALAR_VALUES: CodePointSet = [0, 0xd7ff, 0xe000, MAX_CODE_POINT];

export function codePointsOf(text: string): CodePointSet {
  return normalize([...text].flatMap((character) => [character.codePointAt(0)!, character.codePointAt(0)!]));
}

/** Sorts ranges and joins those that touch. */
export function normalize(ranges: readonly number[]): CodePointSet {
  const pairs: [number, number][] = [];
  for (let index = 0; index < ranges.length; index += 2) pairs.push([ranges[index]!, ranges[index + 1]!]);
  pairs.sort((a, b) => a[0] - b[0]);
  const joined: number[] = [];
  for (const [lo, hi] of pairs) {
    const last = joined.length - 1;
    if (last > 0 && lo <= joined[last]! + 1) joined[last] = Math.max(joined[last]!, hi);
    else joined.push(lo, hi);
  }
  return joined;
}

export function union(...sets: CodePointSet[]): CodePointSet {
  return normalize(sets.flat());
}

export function complement(set: CodePointSet): CodePointSet {
  const gaps: number[] = [];
  let next = 0;
  for (let index = 0; index < set.length; index += 2) {
    if (set[index]! > next) gaps.push(next, set[index]! - 1);
    next = set[index + 1]! + 1;
  }
  if (next <= MAX_CODE_POINT) gaps.push(next, MAX_CODE_POINT);
  return gaps;
}

export function intersect(a: CodePointSet, b: CodePointSet): CodePointSet {
  const common: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const lo = Math.max(a[i]!, b[j]!);
    const hi = Math.min(a[i + 1]!, b[j + 1]!);
    if (lo <= hi) common.push(lo, hi);
    if (a[i + 1]! < b[j + 1]!) i += 2;
    else j += 2;
  }
  return common;
}

export function subtract(a: CodePointSet, b: CodePointSet): CodePointSet {
  return intersect(a, complement(b));
}

const propertySets = new Map<string, CodePointSet>();
let allCharacters: string | undefined;

/** Every character once, in order, but surrogates: one match over it takes 20 ms, a test of each character 300. */
function everyCharacter(): string {
  allCharacters ??= Array.from({ length: 0x110 }, (_, block) => {
    const points = Array.from({ length: 0x1000 }, (_, index) => block * 0x1000 + index);
    return String.fromCodePoint(...points.filter((point) => point < 0xd800 || point > 0xdfff));
  }).join('');
  return allCharacters;
}

/** The code points of a Unicode property, such as `L` or `Script=Greek`; undefined for an unknown one. */
export function unicodeProperty(name: string): CodePointSet | undefined {
  const known = propertySets.get(name);
  if (known) return known;
  const runs = propertyRuns(name);
  if (!runs) return undefined;
  const ranges: number[] = [];
  for (const [run] of everyCharacter().matchAll(runs)) {
    const last = run.codePointAt(run.length - 1)!;
    const isPair = last >= 0xdc00 && last <= 0xdfff;
    ranges.push(run.codePointAt(0)!, isPair ? run.codePointAt(run.length - 2)! : last);
  }
  propertySets.set(name, ranges);
  return ranges;
}

function propertyRuns(name: string): RegExp | undefined {
  for (const spelling of [name, `Script=${name}`]) {
    try {
      return new RegExp(`\\p{${spelling}}+`, 'gu');
    } catch {
      // Not this spelling: Rust takes \p{Greek} where ECMAScript wants \p{Script=Greek}.
    }
  }
  return undefined;
}
