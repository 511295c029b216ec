import type { StoredType } from '../safetensors.ts';

/** Turns stored numbers into float32, which holds each of them exactly.
 * @param bytes little-endian, aligned to the numbers @param target as long as there are numbers */
export function decodeFloats({ buffer, byteOffset }: Uint8Array, dtype: StoredType, target: Float32Array): void {
  const { length } = target;
  if (dtype === 'F32') {
    target.set(new Float32Array(buffer, byteOffset, length));
    return;
  }
  const words = new Uint16Array(buffer, byteOffset, length);
  if (dtype === 'F16') {
    for (let index = 0; index < length; index++) target[index] = halves()[words[index]!]!;
    return;
  }
  const bits = new Uint32Array(target.buffer, target.byteOffset, length);
  for (let index = 0; index < length; index++) bits[index] = words[index]! << 16;
}

let knownHalves: Float32Array | undefined;

/** Each 16-bit float by its bits. */
function halves(): Float32Array {
  knownHalves ??= Float32Array.from({ length: 1 << 16 }, (_, word) => halfToFloat(word));
  return knownHalves;
}

function halfToFloat(word: number): number {
  const sign = word & 0x8000 ? -1 : 1;
  const exponent = (word >> 10) & 0x1f;
  const fraction = word & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
