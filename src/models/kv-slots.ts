import type { MemoryBlock, Runtime, Tensor } from '../runtime/runtime.ts';

export interface KvShape {
  readonly numLayers: number;
  readonly numSlots: number;
  readonly numKvHeads: number;
  readonly maxPositions: number;
  readonly headDim: number;
}

/** A layer's keys and values, each [slots, kvHeads, maxPositions, cachedHeadDim] float32. */
export interface KvTensors {
  readonly key: Tensor;
  readonly value: Tensor;
}

const float32Bytes = 4;
/** The largest that Linux has. */
const pageBytes = 65_536;

/** The size of a head in the cache: the attention kernel reads heads in vectors of eight. */
export function cachedHeadDim(headDim: number): number {
  return Math.ceil(headDim / 8) * 8;
}

/** Bytes that one position of one sequence takes. */
export function kvBytesPerToken({
  numLayers,
  numKvHeads,
  headDim,
}: Omit<KvShape, 'numSlots' | 'maxPositions'>): number {
  return 2 * numLayers * numKvHeads * cachedHeadDim(headDim) * float32Bytes;
}

/** The memory of a KV cache: for each layer one block of slots for keys and one for values. It is address space, and a
 * head's positions follow one another, so that memory is taken only as far as positions were written. */
export class KvSlots {
  readonly #shape: KvShape;
  readonly #memory: MemoryBlock;
  readonly #rowBytes: number;
  readonly #headBytes: number;
  readonly #slotBytes: number;
  /** By slot: positions from here on were never written since they were last given back. */
  readonly #numWritten: number[];

  /** @throws out_of_memory */
  constructor(runtime: Runtime, shape: KvShape) {
    this.#shape = shape;
    this.#rowBytes = cachedHeadDim(shape.headDim) * float32Bytes;
    this.#headBytes = shape.maxPositions * this.#rowBytes;
    this.#slotBytes = shape.numKvHeads * this.#headBytes;
    this.#memory = runtime.reserve(2 * shape.numLayers * shape.numSlots * this.#slotBytes);
    this.#numWritten = Array.from({ length: shape.numSlots }, () => 0);
  }

  /** Views of a run of slots, by layer. The caller disposes of them. */
  tensors(firstSlot: number, numSlots: number): KvTensors[] {
    const { numLayers, numKvHeads, maxPositions, headDim } = this.#shape;
    const shape = [numSlots, numKvHeads, maxPositions, cachedHeadDim(headDim)];
    const view = (half: number) => this.#memory.tensor('float32', shape, this.#slotOffset(half, firstSlot));
    return Array.from({ length: numLayers }, (_, layer) => ({ key: view(2 * layer), value: view(2 * layer + 1) }));
  }

  /** Notes that the positions of a slot before `end` are being written. */
  noteWritten(slot: number, end: number): void {
    this.#numWritten[slot] = Math.max(this.#numWritten[slot]!, end);
  }

  copy(from: number, to: number, length: number): void {
    for (const [source, target] of this.#heads(from, to)) this.#memory.copy(source, target, length * this.#rowBytes);
    this.noteWritten(to, length);
  }

  trim(slot: number, length: number): void {
    const numWritten = this.#numWritten[slot]!;
    if (length >= numWritten) return;
    // What follows the last position in its page was never written, and goes with it.
    const end = Math.min(numWritten * this.#rowBytes + pageBytes, this.#headBytes);
    const start = length * this.#rowBytes;
    for (const [head] of this.#heads(slot, slot)) this.#memory.discard(head + start, end - start);
    this.#numWritten[slot] = length;
  }

  dispose(): void {
    this.#memory.dispose();
  }

  /** Byte offsets of each head of two slots, in all layers, keys and values. */
  *#heads(slot: number, other: number): Generator<[number, number]> {
    for (let half = 0; half < 2 * this.#shape.numLayers; half++)
      for (let head = 0; head < this.#shape.numKvHeads; head++) {
        const inSlot = head * this.#headBytes;
        yield [this.#slotOffset(half, slot) + inSlot, this.#slotOffset(half, other) + inSlot];
      }
  }

  #slotOffset(half: number, slot: number): number {
    return (half * this.#shape.numSlots + slot) * this.#slotBytes;
  }
}
