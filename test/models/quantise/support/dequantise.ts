import type { BlockForm } from '../../../../src/models/quantise/packed-form.ts';
import type { PackedBlocks } from '../../../../src/models/quantise/quantise-blocks.ts';

/** The numbers that packed blocks stand for, by MatMulNBits' definition: (level − zero point) · scale, levels and zero
 * points from the lowest bits on. @returns [rows, inputs] */
export function dequantise(
  { values, scales, zeroPoints }: PackedBlocks,
  [numRows, inputs]: readonly [number, number],
  { bits, blockSize, hasZeroPoints }: BlockForm,
): Float32Array {
  const numBlocks = Math.ceil(inputs / blockSize);
  const zeroBytes = Math.ceil((numBlocks * bits) / 8);
  const numberAt = (bytes: Uint8Array, index: number) =>
    bits === 8 ? bytes[index]! : (bytes[index >> 1]! >> (4 * (index & 1))) & 15;
  const numbers = new Float32Array(numRows * inputs);
  for (let row = 0; row < numRows; row++)
    for (let input = 0; input < inputs; input++) {
      const block = Math.floor(input / blockSize);
      const zeros = zeroPoints.subarray(row * zeroBytes, (row + 1) * zeroBytes);
      const zero = hasZeroPoints ? numberAt(zeros, block) : 2 ** (bits - 1);
      const level = numberAt(values, (row * numBlocks + block) * blockSize + (input % blockSize));
      numbers[row * inputs + input] = (level - zero) * scales[row * numBlocks + block]!;
    }
  return numbers;
}
