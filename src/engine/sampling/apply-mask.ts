import type { TokenMask } from '../../grammar/masks/token-mask.ts';

/** Bans the tokens that a mask leaves out. @param row [vocabSize], changed in place */
export function applyMask(row: Float32Array, mask: TokenMask): void {
  for (let word = 0; word < mask.length; word++) {
    const bits = mask[word]!;
    const first = word * 32;
    if (bits === 0) row.fill(Number.NEGATIVE_INFINITY, first, first + 32);
    else if (bits !== -1) {
      for (let bit = 0; bit < 32; bit++) if (((bits >>> bit) & 1) === 0) row[first + bit] = Number.NEGATIVE_INFINITY;
    }
  }
}
