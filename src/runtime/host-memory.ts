import { ParlanceError } from '../errors/errors.ts';

/** Zeros in one ArrayBuffer. @throws out_of_memory */
export function allocateBytes(byteLength: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(byteLength);
  } catch (cause) {
    throw outOfMemory(byteLength, String(cause));
  }
}

export function outOfMemory(byteLength: number, reason: string): ParlanceError {
  const size = (byteLength / 2 ** 30).toFixed(1);
  return new ParlanceError('out_of_memory', `${size} GiB of address space can't be reserved (${reason})`);
}
