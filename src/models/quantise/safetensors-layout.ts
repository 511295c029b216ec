/** A tensor that is going to be written. */
export interface NewTensor {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly byteLength: number;
}

export interface SafetensorsLayout {
  /** The beginning of the file, up to the first tensor. */
  readonly header: Uint8Array;
  /** By name: where the tensor begins in the file. */
  readonly offsets: ReadonlyMap<string, number>;
  readonly fileBytes: number;
}

/** Tensors begin at whole cache lines where their sizes allow it. */
const alignment = 64;

/** Lays tensors out one after another, in their order.
 * @see https://huggingface.co/docs/safetensors */
export function layOutSafetensors(tensors: readonly NewTensor[]): SafetensorsLayout {
  const entries: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  let end = 0;
  for (const { name, dtype, shape, byteLength } of tensors) {
    entries[name] = { dtype, shape, data_offsets: [end, end + byteLength] };
    end += byteLength;
  }
  const json = JSON.stringify(entries);
  const length = Math.ceil((8 + Buffer.byteLength(json)) / alignment) * alignment - 8;
  const header = Buffer.alloc(8 + length, ' ');
  header.writeBigUInt64LE(BigInt(length));
  header.write(json, 8);
  const offsets = new Map<string, number>();
  let next = header.length;
  for (const { name, byteLength } of tensors) {
    offsets.set(name, next);
    next += byteLength;
  }
  return { header, offsets, fileBytes: next };
}
