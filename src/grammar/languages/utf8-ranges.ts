/** A sequence of byte ranges, [lo, hi] each: the UTF-8 of a range of code points. */
export type ByteRanges = readonly (readonly [number, number])[];

/** Where UTF-8 gets longer, and the surrogates, which it leaves out. */
const SECTIONS = [
  [0, 0x7f],
  [0x80, 0x7ff],
  [0x800, 0xd7ff],
  [0xe000, 0xffff],
  [0x10000, 0x10ffff],
] as const;

/** The code points lo to hi as alternatives of byte ranges, none overlapping. */
export function utf8Ranges(lo: number, hi: number): ByteRanges[] {
  return SECTIONS.flatMap(([first, last]) => {
    const from = Math.max(lo, first);
    const to = Math.min(hi, last);
    return from > to ? [] : split(encode(from), encode(to));
  });
}

function encode(point: number): number[] {
  return [...new TextEncoder().encode(String.fromCodePoint(point))];
}

/** Both of the same length, from ≤ to. */
function split(from: readonly number[], to: readonly number[]): ByteRanges[] {
  if (from.length === 1) return [[[from[0]!, to[0]!]]];
  const [first, ...fromRest] = from;
  const [last, ...toRest] = to;
  const lowest = fromRest.map(() => 0x80);
  const highest = fromRest.map(() => 0xbf);
  if (first === last) return split(fromRest, toRest).map((rest) => [[first!, last!], ...rest]);
  const isFromLowest = fromRest.every((byte) => byte === 0x80);
  const isToHighest = toRest.every((byte) => byte === 0xbf);
  const ranges: ByteRanges[] = [];
  if (!isFromLowest) ranges.push(...split(fromRest, highest).map((rest): ByteRanges => [[first!, first!], ...rest]));
  const middleFirst = isFromLowest ? first! : first! + 1;
  const middleLast = isToHighest ? last! : last! - 1;
  if (middleFirst <= middleLast) {
    ranges.push([[middleFirst, middleLast], ...lowest.map((_, index) => [lowest[index]!, highest[index]!] as const)]);
  }
  if (!isToHighest) ranges.push(...split(lowest, toRest).map((rest): ByteRanges => [[last!, last!], ...rest]));
  return ranges;
}
