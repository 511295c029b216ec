import { ParlanceError } from '../errors/errors.ts';
import type { Binding, HostTensor, Runtime, Session } from '../runtime/runtime.ts';
import type { CausalModel, Logits, PrefillChunk } from './causal-model.ts';
import type { KvSlots, KvTensors } from './kv-slots.ts';
import { names } from './layers/decoder-graph.ts';
import type { RopeShape } from './layers/rope-frequencies.ts';
import { rotaryNames } from './layers/rotary.ts';
import { LogitsBuffer } from './logits-buffer.ts';
import { rotaryRows, type TokenPlace } from './rotary-rows.ts';

export interface SlotModelOptions {
  readonly runtime: Runtime;
  /** Of a decoder graph; the model disposes of it, and of `kv`. */
  readonly session: Session;
  readonly kv: KvSlots;
  readonly vocabSize: number;
  readonly numSlots: number;
  readonly maxPositions: number;
  readonly sharesPrefixes: boolean;
  /** Set where the graph takes its rotations as inputs. */
  readonly rotaryRows: RopeShape | undefined;
}

/** One run of the graph: `batch` rows of as many tokens each. */
interface Run {
  readonly batch: number;
  readonly tokens: readonly number[];
  readonly places: readonly TokenPlace[];
  /** Of each row of the batch. */
  readonly lastPositions: readonly number[];
  /** Indices of tokens. */
  readonly logitRows: readonly number[];
}

/** A binding whose KV cache stays bound. */
interface BoundSlots {
  readonly binding: Binding;
  readonly cache: readonly KvTensors[];
}

/** A decoder over KV slots that are bound in place: a prompt is read one slot at a time, tokens are decoded over the
 * first slots together. Bindings are made once for each slot and each number of slots, so their number is bounded. */
export class SlotModel implements CausalModel {
  readonly vocabSize: number;
  readonly numSlots: number;
  readonly maxPositions: number;
  readonly sharesPrefixes: boolean;
  readonly #options: SlotModelOptions;
  readonly #logits: LogitsBuffer;
  /** By first slot and number of slots. */
  readonly #bound = new Map<string, BoundSlots>();

  constructor(options: SlotModelOptions) {
    this.#options = options;
    this.vocabSize = options.vocabSize;
    this.numSlots = options.numSlots;
    this.maxPositions = options.maxPositions;
    this.sharesPrefixes = options.sharesPrefixes;
    this.#logits = new LogitsBuffer(options.runtime, options.vocabSize);
  }

  async prefill({ slot, start, tokens, logits, promptLength }: PrefillChunk): Promise<Logits> {
    const end = start + tokens.length;
    this.#noteWritten(slot, end);
    const sequenceLength = promptLength ?? end;
    return this.#run(this.#bind(slot, 1), {
      batch: 1,
      tokens,
      places: tokens.map((_, index) => ({ position: start + index, sequenceLength })),
      lastPositions: [end - 1],
      logitRows: { none: [], last: [tokens.length - 1], all: [...tokens.keys()] }[logits],
    });
  }

  async decode(tokens: readonly number[], positions: readonly number[]): Promise<Logits> {
    for (const [slot, position] of positions.entries()) this.#noteWritten(slot, position + 1);
    return this.#run(this.#bind(0, tokens.length), {
      batch: tokens.length,
      tokens,
      places: positions.map((position) => ({ position, sequenceLength: position + 1 })),
      lastPositions: positions,
      logitRows: [...tokens.keys()],
    });
  }

  copySlot(from: number, to: number, length: number): void {
    this.#options.kv.copy(from, to, length);
  }

  trimSlot(slot: number, length: number): void {
    this.#options.kv.trim(slot, length);
  }

  dispose(): void {
    for (const { binding, cache } of this.#bound.values()) {
      binding.dispose();
      for (const { key, value } of cache) {
        key.dispose();
        value.dispose();
      }
    }
    this.#bound.clear();
    this.#options.session.dispose();
    this.#options.kv.dispose();
  }

  /** The kernel trusts positions: one beyond the cache would write into the next head's. */
  #noteWritten(slot: number, end: number): void {
    const { numSlots, maxPositions } = this.#options;
    if (slot >= numSlots || end > maxPositions)
      throw new ParlanceError('internal', `slot ${slot} to position ${end}: there are ${numSlots} of ${maxPositions}`);
    this.#options.kv.noteWritten(slot, end);
  }

  #bind(firstSlot: number, numSlots: number): BoundSlots {
    const key = `${firstSlot}+${numSlots}`;
    const known = this.#bound.get(key);
    if (known !== undefined) return known;
    const { session, kv } = this.#options;
    const bound = { binding: session.createBinding(), cache: kv.tensors(firstSlot, numSlots) };
    for (const [layer, tensors] of bound.cache.entries()) {
      bound.binding.bindInput(names.pastKey(layer), tensors.key);
      bound.binding.bindInput(names.pastValue(layer), tensors.value);
      bound.binding.bindOutput(names.presentKey(layer), tensors.key);
      bound.binding.bindOutput(names.presentValue(layer), tensors.value);
    }
    this.#bound.set(key, bound);
    return bound;
  }

  async #run({ binding }: BoundSlots, run: Run): Promise<Logits> {
    const numRows = run.logitRows.length;
    const inputs = this.#inputs(run);
    const { logits, sums } = this.#logits.tensors(numRows);
    try {
      for (const [name, tensor] of Object.entries(inputs)) binding.bindInput(name, tensor);
      binding.bindOutput(names.logits, logits);
      binding.bindOutput(names.logSumExp, sums);
      await binding.run();
    } finally {
      for (const tensor of [...Object.values(inputs), logits, sums]) tensor.dispose();
    }
    return this.#logits.rows(numRows);
  }

  #inputs({ batch, tokens, places, lastPositions, logitRows }: Run): Record<string, HostTensor> {
    const sequence = tokens.length / batch;
    return {
      [names.tokens]: this.#int64([tokens.length], tokens),
      [names.attentionShape]: this.#int64([3], [batch, sequence, -1]),
      [names.lastPositions]: this.#int32([batch], lastPositions),
      [names.maxLength]: this.#int32([1], [Math.max(...lastPositions) + 1]),
      [names.logitRows]: this.#int64([logitRows.length], logitRows),
      ...this.#rotaryInputs(places, [batch, sequence]),
    };
  }

  #rotaryInputs(places: readonly TokenPlace[], shape: [number, number]): Record<string, HostTensor> {
    const { runtime, rotaryRows: rope } = this.#options;
    if (rope === undefined) return {};
    const { cos, sin } = rotaryRows(rope, places);
    return {
      [rotaryNames.cos]: runtime.hostTensor('float32', [places.length, rope.rotaryDim / 2], cos),
      [rotaryNames.sin]: runtime.hostTensor('float32', [places.length, rope.rotaryDim / 2], sin),
      [rotaryNames.rows]: this.#int64(shape, [...places.keys()]),
    };
  }

  #int64(shape: readonly number[], values: readonly number[]): HostTensor {
    return this.#options.runtime.hostTensor('int64', shape, BigInt64Array.from(values, BigInt));
  }

  #int32(shape: readonly number[], values: readonly number[]): HostTensor {
    return this.#options.runtime.hostTensor('int32', shape, Int32Array.from(values));
  }
}
