import { affineScale, type Scale, symmetricScale } from './choose-scale.ts';
import type { BlockForm } from './packed-form.ts';

/** Rows of a weight as MatMulNBits reads them. */
export interface PackedBlocks {
  /** [rows, blocks, blockSize · bits / 8] */
  readonly values: Uint8Array;
  /** [rows, blocks] */
  readonly scales: Float32Array;
  /** [rows, ⌈blocks · bits / 8⌉]; none without zero points */
  readonly zeroPoints: Uint8Array;
}

export function emptyBlocks(
  numRows: number,
  inputs: number,
  { bits, blockSize, hasZeroPoints }: BlockForm,
): PackedBlocks {
  const numBlocks = Math.ceil(inputs / blockSize);
  return {
    values: new Uint8Array((numRows * numBlocks * blockSize * bits) / 8),
    scales: new Float32Array(numRows * numBlocks),
    zeroPoints: new Uint8Array(hasZeroPoints ? numRows * Math.ceil((numBlocks * bits) / 8) : 0),
  };
}

/** Quantises rows block by block.
 * @param weights [rows, inputs], finite */
export function quantiseBlocks(weights: Float32Array, inputs: number, form: BlockForm): PackedBlocks {
  const { bits, blockSize, hasZeroPoints } = form;
  const numRows = weights.length / inputs;
  const numBlocks = Math.ceil(inputs / blockSize);
  const packed = emptyBlocks(numRows, inputs, form);
  const blockBytes = (blockSize * bits) / 8;
  const zeroPointBytes = packed.zeroPoints.length / numRows;
  for (let row = 0; row < numRows; row++)
    for (let block = 0; block < numBlocks; block++) {
      const start = row * inputs + block * blockSize;
      const values = weights.subarray(start, Math.min(start + blockSize, (row + 1) * inputs));
      const scale = hasZeroPoints ? affineScale(values, 1 << bits) : symmetricScale(values, 1 << bits);
      const index = row * numBlocks + block;
      packed.scales[index] = scale.scale;
      const levels = packed.values.subarray(index * blockBytes, (index + 1) * blockBytes);
      packLevels(values, scale, { bits, levels });
      if (hasZeroPoints) putLevel(packed.zeroPoints.subarray(row * zeroPointBytes), bits, block, scale.zeroPoint);
    }
  return packed;
}

/** Writes the levels of a block; what the block has beyond its values are zeros. */
function packLevels(
  values: Float32Array,
  { scale, zeroPoint }: Scale,
  { bits, levels }: { bits: 4 | 8; levels: Uint8Array },
): void {
  const [last, offset] = [(1 << bits) - 1, zeroPoint + 0.5];
  const perStep = scale === 0 ? 0 : 1 / scale;
  const numLevels = (levels.length * 8) / bits;
  for (let index = 0; index < numLevels; index++) {
    const shifted = (index < values.length ? values[index]! * perStep : 0) + offset;
    const level = shifted <= 0 ? 0 : shifted >= last ? last : shifted | 0;
    putLevel(levels, bits, index, level);
  }
}

/** Puts the index-th of numbers that are packed from the lowest bits on, where there are zeros so far. */
export function putLevel(target: Uint8Array, bits: 4 | 8, index: number, level: number): void {
  if (bits === 8) target[index] = level;
  else target[index >> 1]! |= index & 1 ? level << 4 : level;
}
