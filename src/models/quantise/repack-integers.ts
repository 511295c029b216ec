import { ParlanceError } from '../../errors/errors.ts';
import type { LinearWeight } from '../layers/product.ts';
import type { BlockForm } from './packed-form.ts';
import { emptyBlocks, type PackedBlocks, putLevel } from './quantise-blocks.ts';
import type { IntegerLayout } from './weight-format.ts';

/** The words of a weight as GPTQ and AWQ pack it; shapes as in IntegerTensors. */
export interface IntegerWords {
  readonly levels: Uint32Array;
  readonly zeroPoints: Uint32Array;
  readonly scales: Float32Array;
  readonly groups?: Int32Array;
}

export interface RepackedBlocks extends PackedBlocks {
  /** By place: the input that is multiplied there. Empty where they keep their order. */
  readonly order: BigInt64Array;
}

/** Where AWQ puts the outputs of a word, from its lowest bits on: output 0 2 4 6 1 3 5 7. */
const awqPlaces = [0, 4, 1, 5, 2, 6, 3, 7];

/** Repacks a weight, level by level, without changing a number.
 * @throws invalid_checkpoint where inputs are in no order that groups could have */
export function repackIntegers(
  words: IntegerWords,
  weight: LinearWeight,
  { layout, form }: { layout: IntegerLayout; form: BlockForm },
): RepackedBlocks {
  const { inputs, outputs } = weight;
  const { groupSize = inputs, bits, zeroOffset } = layout;
  const { blockSize } = form;
  const order = orderByGroup(words.groups, weight, layout);
  const packed = emptyBlocks(outputs, inputs, form);
  const numBlocks = Math.ceil(inputs / blockSize);
  const [blockBytes, zeroPointBytes] = [(blockSize * form.bits) / 8, packed.zeroPoints.length / outputs];
  const { level, zeroPoint } = readers(words, weight, layout);
  const mask = (1 << bits) - 1;
  for (let output = 0; output < outputs; output++)
    for (let block = 0; block < numBlocks; block++) {
      const [first, index] = [block * blockSize, output * numBlocks + block];
      const group = Math.floor(first / groupSize);
      const zero = (zeroPoint(group, output) + zeroOffset) & mask;
      packed.scales[index] = words.scales[group * outputs + output]!;
      putLevel(packed.zeroPoints.subarray(output * zeroPointBytes), form.bits, block, zero);
      const levels = packed.values.subarray(index * blockBytes, (index + 1) * blockBytes);
      for (let place = 0; place < blockSize; place++) {
        const input = first + place;
        putLevel(levels, form.bits, place, input < inputs ? level(order ? order[input]! : input, output) : zero);
      }
    }
  return { ...packed, order: form.isPermuted ? placesOf(order, inputs) : new BigInt64Array(0) };
}

function placesOf(order: Uint32Array | undefined, inputs: number): BigInt64Array {
  return BigInt64Array.from({ length: inputs }, (_, place) => BigInt(order?.[place] ?? place));
}

function readers({ levels, zeroPoints }: IntegerWords, { outputs }: LinearWeight, { kind, bits }: IntegerLayout) {
  const wordsPerRow = Math.ceil((outputs * bits) / 32);
  const zeroAt = bitReader(zeroPoints, { stride: 1, bits });
  if (kind === 'gptq') {
    const levelAt = bitReader(levels, { stride: outputs, bits });
    return {
      level: (input: number, output: number) => levelAt(output, input),
      zeroPoint: (group: number, output: number) => zeroAt(group * wordsPerRow, output),
    };
  }
  const levelAt = bitReader(levels, { stride: 1, bits });
  const shuffled = (output: number) => (output & ~7) + awqPlaces[output & 7]!;
  return {
    level: (input: number, output: number) => levelAt(input * wordsPerRow, shuffled(output)),
    zeroPoint: (group: number, output: number) => zeroAt(group * wordsPerRow, shuffled(output)),
  };
}

/** Reads numbers that follow one another bit by bit through every stride-th word.
 * @returns of the word that they start in and their index: the number */
function bitReader(words: Uint32Array, { stride, bits }: { stride: number; bits: number }) {
  const mask = (1 << bits) - 1;
  return (start: number, index: number) => {
    const bit = index * bits;
    const shift = bit & 31;
    const word = start + (bit >>> 5) * stride;
    const low = words[word]! >>> shift;
    return (shift + bits > 32 ? low | (words[word + stride]! << (32 - shift)) : low) & mask;
  };
}

/** Sorts the inputs by their groups.
 * @returns by place: the input; undefined where they are in order */
function orderByGroup(
  groups: Int32Array | undefined,
  { name, inputs }: LinearWeight,
  { groupSize = inputs, isActOrder }: IntegerLayout,
): Uint32Array | undefined {
  if (groups === undefined) return undefined;
  const order = Uint32Array.from({ length: inputs }, (_, input) => input);
  order.sort((a, b) => groups[a]! - groups[b]! || a - b);
  const isInOrder = order.every((input, place) => input === place);
  if (!isInOrder && !isActOrder)
    throw new ParlanceError(
      'invalid_checkpoint',
      `${name}: its g_idx is not in order, though quantization_config.desc_act is false`,
    );
  const misplaced = order.findIndex((input, place) => groups[input] !== Math.floor(place / groupSize));
  if (misplaced >= 0)
    throw new ParlanceError(
      'invalid_checkpoint',
      `${name}: its g_idx puts other than ${groupSize} inputs into group ${Math.floor(misplaced / groupSize)}`,
    );
  return isInOrder ? undefined : order;
}
