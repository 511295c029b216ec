import { type FileHandle, open } from 'node:fs/promises';
import { z } from 'zod';
import { ParlanceError } from '../errors/errors.ts';
import type { ElementType } from '../runtime/runtime.ts';

/** Element types of the safetensors format that are served as weights. */
export const storedTypes = {
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
} as const satisfies Record<string, ElementType>;

export type StoredType = keyof typeof storedTypes;

/** Where a tensor lies; offsets count from the start of the file. */
export interface StoredTensor {
  readonly file: string;
  /** As the header spells it: other types than {@link storedTypes} are listed too, but can't be weights. */
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly byteOffset: number;
  readonly byteLength: number;
}

const lengthBytes = 8;
/** The format's own limit. */
const maxHeaderBytes = 100_000_000;

const dtypeBits: Readonly<Record<string, number>> = {
  BOOL: 8,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  F8_E8M0: 8,
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  I64: 64,
  U64: 64,
  F64: 64,
  C64: 64,
};

const size = z.int().min(0);
const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(size),
  data_offsets: z.tuple([size, size]),
});

/** Reads the header of a .safetensors file, and holds it against the file's size.
 * @param file absolute
 * @throws invalid_checkpoint naming the file, the tensor, what was expected and what is there
 * @see https://huggingface.co/docs/safetensors — 8 bytes of header length, JSON, then the tensors without holes */
export async function readSafetensorsHeader(file: string): Promise<Map<string, StoredTensor>> {
  try {
    return await readHeader(file);
  } catch (cause) {
    if (cause instanceof ParlanceError) throw cause;
    throw new ParlanceError('invalid_checkpoint', `${file} can't be read: ${String(cause)}`, { cause });
  }
}

async function readHeader(file: string): Promise<Map<string, StoredTensor>> {
  const handle = await open(file, 'r');
  try {
    const { size: fileBytes } = await handle.stat();
    const headerBytes = await readHeaderLength(handle, file, fileBytes);
    const json = await readBytes(handle, lengthBytes, headerBytes);
    const tensors = parseHeader(json, file, lengthBytes + headerBytes);
    checkLayout(tensors, file, lengthBytes + headerBytes, fileBytes);
    return tensors;
  } finally {
    await handle.close();
  }
}

async function readHeaderLength(handle: FileHandle, file: string, fileBytes: number): Promise<number> {
  if (fileBytes < lengthBytes)
    throw new ParlanceError('invalid_checkpoint', `${file} has ${fileBytes} bytes: too short for a safetensors header`);
  const prefix = await readBytes(handle, 0, lengthBytes);
  const headerBytes = prefix.readBigUInt64LE();
  const available = fileBytes - lengthBytes;
  if (headerBytes > BigInt(Math.min(available, maxHeaderBytes)))
    throw new ParlanceError(
      'invalid_checkpoint',
      `${file} says its header has ${headerBytes} bytes, but ${available} bytes follow and ${maxHeaderBytes} are the most a header may have: the file is truncated, or no safetensors file`,
    );
  return Number(headerBytes);
}

async function readBytes(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  await handle.read(bytes, 0, length, position);
  return bytes;
}

function parseHeader(bytes: Buffer, file: string, dataStart: number): Map<string, StoredTensor> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ParlanceError('invalid_checkpoint', `${file} has a corrupt header: ${String(cause)}`, { cause });
  }
  const entries = z.record(z.string(), z.unknown()).safeParse(header);
  if (!entries.success)
    throw new ParlanceError('invalid_checkpoint', `${file} has a corrupt header: expected a JSON object of tensors`);
  const tensors = new Map<string, StoredTensor>();
  for (const [name, value] of Object.entries(entries.data)) {
    if (name === '__metadata__') continue;
    const entry = entrySchema.safeParse(value);
    if (!entry.success)
      throw new ParlanceError(
        'invalid_checkpoint',
        `${file} has a corrupt header: tensor ${name} is ${JSON.stringify(value)}, expected {dtype, shape, data_offsets} (${z.prettifyError(entry.error)})`,
      );
    const { dtype, shape, data_offsets: offsets } = entry.data;
    const [start, end] = offsets;
    tensors.set(name, { file, dtype, shape, byteOffset: dataStart + start, byteLength: end - start });
  }
  return tensors;
}

/** @throws invalid_checkpoint unless the tensors cover the file from `dataStart` to its end, each as long as its shape says */
function checkLayout(tensors: Map<string, StoredTensor>, file: string, dataStart: number, fileBytes: number): void {
  const inOrder = [...tensors].sort(([, a], [, b]) => a.byteOffset - b.byteOffset || a.byteLength - b.byteLength);
  let expectedStart = dataStart;
  for (const [name, { dtype, shape, byteOffset, byteLength }] of inOrder) {
    const bits = dtypeBits[dtype];
    if (bits === undefined)
      throw new ParlanceError('invalid_checkpoint', `${file}: tensor ${name} has the unknown dtype ${dtype}`);
    const start = byteOffset - dataStart;
    const range = `${start}…${start + byteLength}`;
    const shapeBytes = (shape.reduce((product, dimension) => product * dimension, 1) * bits) / 8;
    if (byteLength !== shapeBytes)
      throw new ParlanceError(
        'invalid_checkpoint',
        `${file}: tensor ${name} (${dtype} [${shape}]) needs ${shapeBytes} bytes, but its offsets ${range} span ${byteLength}`,
      );
    if (byteOffset !== expectedStart)
      throw new ParlanceError(
        'invalid_checkpoint',
        `${file}: tensor ${name} lies at ${range}, but the one before it ends at ${expectedStart - dataStart}: tensors may neither overlap nor leave holes`,
      );
    expectedStart += byteLength;
  }
  if (expectedStart !== fileBytes)
    throw new ParlanceError(
      'invalid_checkpoint',
      `${file} has ${fileBytes} bytes, but its tensors end at byte ${expectedStart}: the file is ${expectedStart > fileBytes ? 'truncated' : 'too long'}`,
    );
}
