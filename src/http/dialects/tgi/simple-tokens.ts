import type { Encoding } from '../../../text/types.ts';

/** Tokens with the text they cover; TGI gives offsets in UTF-8 bytes. */
export function tgiSimpleTokens(text: string, { ids, offsets }: Encoding) {
  const starts = byteOffsets(text);
  return ids.map((id, i) => {
    const [from, to] = offsets[i]!;
    const start = starts.bytes[from]!;
    const stop = starts.bytes[to]!;
    return { id, text: text.slice(starts.units[from], starts.units[to]), start, stop };
  });
}

/** UTF-8 and UTF-16 offset of each code point, with one more for the end. */
function byteOffsets(text: string): { readonly bytes: readonly number[]; readonly units: readonly number[] } {
  const bytes = [0];
  const units = [0];
  for (const character of text) {
    bytes.push(bytes.at(-1)! + Buffer.byteLength(character));
    units.push(units.at(-1)! + character.length);
  }
  return { bytes, units };
}
