import { numElements } from '../../runtime/element-types.ts';
import type { LinearWeight } from '../layers/product.ts';

/** Bits of a weight along its inputs, in blocks that share a scale: the operands of MatMulNBits. */
export interface BlockForm {
  readonly kind: 'blocks';
  readonly bits: 4 | 8;
  /** A power of two from 16 on. */
  readonly blockSize: number;
  /** Whether each block has a zero point; otherwise it is half of the range. */
  readonly hasZeroPoints: boolean;
  /** Whether the inputs were put in another order, which is kept beside the weight. */
  readonly isPermuted: boolean;
}

/** int8 with a scale for each output, transposed: the operands of MatMulIntegerToFloat. */
export interface ChannelForm {
  readonly kind: 'channels';
}

/** What a linear weight is packed into. */
export type PackedForm = BlockForm | ChannelForm;

/** A part of a packed weight, by its name in a safetensors file. */
export interface PackedTensor {
  readonly name: string;
  readonly dtype: 'F32' | 'I64' | 'U8' | 'I8';
  readonly shape: readonly number[];
}

const dtypeBytes = { F32: 4, I64: 8, U8: 1, I8: 1 };

/** The tensors that a weight is packed into. */
export interface PackedParts {
  readonly values: PackedTensor;
  readonly scales: PackedTensor;
  readonly zeroPoints?: PackedTensor;
  /** By place: which input of the layer is multiplied there. */
  readonly order?: PackedTensor;
}

export function packedParts({ name, outputs, inputs }: LinearWeight, form: PackedForm): PackedParts {
  const part = (suffix: string, dtype: PackedTensor['dtype'], shape: readonly number[]) => ({
    name: `${name}.${suffix}`,
    dtype,
    shape,
  });
  if (form.kind === 'channels')
    return { values: part('values', 'I8', [inputs, outputs]), scales: part('scales', 'F32', [outputs]) };
  const { bits, blockSize, hasZeroPoints, isPermuted } = form;
  const numBlocks = Math.ceil(inputs / blockSize);
  return {
    values: part('values', 'U8', [outputs, numBlocks, (blockSize * bits) / 8]),
    scales: part('scales', 'F32', [outputs, numBlocks]),
    ...(hasZeroPoints && { zeroPoints: part('zero_points', 'U8', [outputs, Math.ceil((numBlocks * bits) / 8)]) }),
    ...(isPermuted && { order: part('order', 'I64', [inputs]) }),
  };
}

export function partsOf(parts: PackedParts): PackedTensor[] {
  const { values, scales, zeroPoints, order } = parts;
  return [scales, order, values, zeroPoints].filter((part) => part !== undefined);
}

export function packedBytes({ dtype, shape }: PackedTensor): number {
  return numElements(shape) * dtypeBytes[dtype];
}
