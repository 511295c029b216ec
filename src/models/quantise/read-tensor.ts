import { closeSync, openSync, readSync } from 'node:fs';
import { ParlanceError } from '../../errors/errors.ts';
import { elementTypes } from '../../runtime/element-types.ts';
import type { Weight } from '../checkpoint.ts';
import { type StoredTensor, storedTypes } from '../safetensors.ts';
import { decodeFloats } from './decode-floats.ts';

/** Reads a part of a tensor's bytes, by default all.
 * @returns at the start of a buffer of its own
 * @throws invalid_checkpoint where the file ends before */
export function readBytes(tensor: StoredTensor, start = 0, length = tensor.byteLength): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  const descriptor = openSync(tensor.file, 'r');
  try {
    for (let done = 0; done < length; ) {
      const read = readSync(descriptor, bytes, done, length - done, tensor.byteOffset + start + done);
      if (read === 0) throw new ParlanceError('invalid_checkpoint', `${tensor.file} ends within a tensor`);
      done += read;
    }
  } finally {
    closeSync(descriptor);
  }
  return bytes;
}

/** Reads a run of a weight's elements, by default all.
 * @param name for messages @throws invalid_checkpoint for a number that is not finite */
export function readFloats(
  weight: Weight,
  name: string,
  { first = 0, count }: { first?: number; count?: number } = {},
): Float32Array {
  const { bytes } = elementTypes[storedTypes[weight.dtype]];
  const floats = new Float32Array(count ?? weight.byteLength / bytes);
  decodeFloats(readBytes(weight, first * bytes, floats.length * bytes), weight.dtype, floats);
  const wrong = floats.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0)
    throw new ParlanceError(
      'invalid_checkpoint',
      `${weight.file}: element ${first + wrong} of ${name} is ${floats[wrong]}: a weight that is not finite can't be quantised`,
    );
  return floats;
}
