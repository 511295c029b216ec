import type { Decode } from '../../src/text/detokenizer.ts';

/** A tokenizer whose tokens are the given pieces of bytes: id i is piece i. */
export function pieceDecoder(pieces: readonly Uint8Array[]): Decode {
  return async (ids) => {
    const bytes = ids.flatMap((id) => [...pieces[id]!]);
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes));
  };
}

/** Cuts a text's bytes at the given places, so that characters may fall apart. */
export function cutBytes(text: string, cuts: readonly number[]): Uint8Array[] {
  const bytes = new TextEncoder().encode(text);
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const edges = [0, ...places, bytes.length];
  return edges
    .slice(1)
    .map((edge, index) => bytes.slice(edges[index], edge))
    .filter((piece) => piece.length > 0);
}
