import { type CodePointSet, complement, normalize, unicodeProperty, union } from './code-point-set.ts';

/** A class whose extent differs between regex dialects: `least` is in all of them, `most` in any.
 * A match drawn from `least`, or from outside `most` where negated, is a match in each dialect. */
export interface ClassRange {
  readonly least: CodePointSet;
  readonly most: CodePointSet;
}

export const exactly = (set: CodePointSet): ClassRange => ({ least: set, most: set });

export const not = (range: ClassRange): ClassRange => ({
  least: complement(range.most),
  most: complement(range.least),
});

const property = (name: string) => unicodeProperty(name)!;

/** By the letter after the backslash. */
export const shorthandClasses: Readonly<Record<string, () => ClassRange>> = {
  d: () => ({ least: [0x30, 0x39], most: property('Nd') }),
  w: () => ({
    least: normalize([0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a]),
    most: union(...['Alphabetic', 'M', 'Nd', 'Pc', 'Join_Control'].map(property)),
  }),
  s: () => ({ least: [0x09, 0x0d, 0x20, 0x20], most: union(property('White_Space'), [0xfeff, 0xfeff]) }),
};

/** `.` of every dialect: ECMAScript leaves out four line ends, Rust one. */
export const DOT = complement([0x0a, 0x0a, 0x0d, 0x0d, 0x2028, 0x2029]);

/** No letter beyond has a case. */
const LAST_CASED = 0x1e943;

let variantsByPoint: ReadonlyMap<number, readonly number[]> | undefined;

/** Adds the characters that differ from those of the set in case only. */
export function withCaseVariants(set: CodePointSet): CodePointSet {
  variantsByPoint ??= findCaseVariants();
  const added: number[] = [...set];
  for (let index = 0; index < set.length; index += 2) {
    for (let point = set[index]!; point <= Math.min(set[index + 1]!, LAST_CASED); point++) {
      for (const variant of variantsByPoint.get(point) ?? []) added.push(variant, variant);
    }
  }
  return normalize(added);
}

/** Characters by what they become in lower, then upper case: K and the Kelvin sign are one. */
function findCaseVariants(): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<string, number[]>();
  const variants = new Map<number, readonly number[]>();
  for (let point = 0; point <= LAST_CASED; point++) {
    const character = String.fromCodePoint(point);
    const lower = character.toLowerCase();
    const upper = lower.toUpperCase();
    if (lower === character && upper === character) continue;
    const folded = [...upper].length === 1 ? upper : lower;
    const group = groups.get(folded) ?? [];
    groups.set(folded, group);
    group.push(point);
    variants.set(point, group);
  }
  return variants;
}
