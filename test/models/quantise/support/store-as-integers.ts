import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fixtureModels } from '../../support/goldens.ts';

export interface IntegerOptions {
  readonly kind: 'gptq' | 'awq';
  readonly bits: 2 | 3 | 4 | 8;
  readonly groupSize: number;
  readonly isActOrder: boolean;
  readonly isV2?: boolean;
}

interface NewTensor {
  readonly dtype: 'F32' | 'I32';
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** Writes a fixture twice, with linear layers of levels, zero points and scales drawn at random: packed as AutoGPTQ and
 * AutoAWQ pack them, and as the float32 numbers that these stand for. @returns the folders */
export function storeAsIntegers(name: string, options: IntegerOptions): { stored: string; plain: string } {
  const source = path.join(fixtureModels, name);
  const [stored, plain] = [0, 1].map(() => mkdtempSync(path.join(tmpdir(), 'parlance-layout-'))) as [string, string];
  const packed: Record<string, NewTensor> = {};
  const floats: Record<string, NewTensor> = {};
  const random = generator(name.length + options.bits);
  for (const [key, tensor] of Object.entries(readBfloat16(source))) {
    floats[key] = tensor;
    if (!key.endsWith('proj.weight')) {
      packed[key] = tensor;
      continue;
    }
    const layer = drawLayer(tensor.shape, options, random);
    floats[key] = { dtype: 'F32', shape: tensor.shape, data: layer.weights };
    for (const [part, value] of Object.entries(layer.tensors))
      if (value !== undefined) packed[key.replace(/weight$/, part)] = value;
  }
  const config = JSON.parse(readFileSync(path.join(source, 'config.json'), 'utf8'));
  const { kind, bits, groupSize, isActOrder, isV2 = false } = options;
  const quantization_config =
    kind === 'awq'
      ? { quant_method: 'awq', bits, group_size: groupSize, zero_point: true, version: 'GEMM' }
      : {
          quant_method: 'gptq',
          bits,
          group_size: groupSize,
          desc_act: isActOrder,
          sym: false,
          ...(isV2 && { checkpoint_format: 'gptq_v2' }),
        };
  write(stored, { ...config, quantization_config }, packed);
  write(plain, config, floats);
  return { stored, plain };
}

/** A layer [outputs, inputs] of random levels: its numbers, and its tensors. */
export function drawLayer(shape: readonly number[], options: IntegerOptions, random: () => number) {
  const [outputs, inputs] = shape as [number, number];
  const { kind, bits, isActOrder, isV2 = false } = options;
  const groupSize = options.groupSize === -1 ? inputs : options.groupSize;
  const numGroups = Math.ceil(inputs / groupSize);
  const draw = (length: number) => Array.from({ length }, () => Math.floor(random() * 2 ** bits));
  const places = Array.from({ length: inputs }, (_, input) => input);
  if (isActOrder) places.sort(() => random() - 0.5);
  const groups = places.map((place) => Math.floor(place / groupSize));
  const levels = Array.from({ length: inputs }, () => draw(outputs));
  const zeros = Array.from({ length: numGroups }, () => draw(outputs));
  const scales = Array.from({ length: numGroups }, () =>
    Array.from({ length: outputs }, () => Math.fround((0.02 + 0.02 * random()) / 2 ** (bits - 4))),
  );
  const weights = new Float32Array(outputs * inputs);
  for (let output = 0; output < outputs; output++)
    for (let input = 0; input < inputs; input++) {
      const group = groups[input]!;
      weights[output * inputs + input] = (levels[input]![output]! - zeros[group]![output]!) * scales[group]![output]!;
    }
  const scaleTensor: NewTensor = { dtype: 'F32', shape: [numGroups, outputs], data: Float32Array.from(scales.flat()) };
  if (kind === 'awq')
    return {
      weights,
      tensors: {
        qweight: words(levels.map((row) => packAwq(row))),
        qzeros: words(zeros.map((row) => packAwq(row))),
        scales: scaleTensor,
        g_idx: undefined,
      },
    };
  const columns = Array.from({ length: outputs }, (_, output) =>
    packBits(
      levels.map((row) => row[output]!),
      bits,
    ),
  );
  const rows = columns[0]!.map((_, row) => columns.map((column) => column[row]!));
  const storedZeros = zeros.map((row) => row.map((zero) => (isV2 ? zero : (zero - 1) & (2 ** bits - 1))));
  return {
    weights,
    tensors: {
      qweight: words(rows),
      qzeros: words(storedZeros.map((row) => packBits(row, bits))),
      scales: scaleTensor,
      g_idx: { dtype: 'I32', shape: [inputs], data: Int32Array.from(groups) } satisfies NewTensor,
    },
  };
}

function words(rows: readonly (readonly number[])[]): NewTensor {
  return { dtype: 'I32', shape: [rows.length, rows[0]!.length], data: Int32Array.from(rows.flat()) };
}

/** The numbers as one long binary number, the first lowest, cut into 32-bit words. */
function packBits(values: readonly number[], bits: number): number[] {
  const text = [...values]
    .reverse()
    .map((value) => value.toString(2).padStart(bits, '0'))
    .join('');
  const numWords = Math.ceil(text.length / 32);
  const padded = text.padStart(numWords * 32, '0');
  return Array.from({ length: numWords }, (_, word) => {
    const end = padded.length - 32 * word;
    return Number.parseInt(padded.slice(end - 32, end), 2) | 0;
  });
}

/** AutoAWQ puts outputs 0 2 4 6 1 3 5 7 of each eight from the lowest bits of a word on. */
function packAwq(values: readonly number[]): number[] {
  return Array.from(
    { length: values.length / 8 },
    (_, word) =>
      packBits(
        [0, 2, 4, 6, 1, 3, 5, 7].map((index) => values[8 * word + index]!),
        4,
      )[0]!,
  );
}

function readBfloat16(folder: string): Record<string, NewTensor> {
  const tensors: Record<string, NewTensor> = {};
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.safetensors'))) {
    const bytes = readFileSync(path.join(folder, file));
    const dataStart = 8 + Number(bytes.readBigUInt64LE());
    const { __metadata__: _, ...header } = JSON.parse(bytes.subarray(8, dataStart).toString());
    for (const [name, entry] of Object.entries(header as Record<string, { shape: number[]; data_offsets: number[] }>)) {
      const raw = bytes.subarray(dataStart + entry.data_offsets[0]!, dataStart + entry.data_offsets[1]!);
      const data = Float32Array.from({ length: raw.length / 2 }, (_, index) => {
        const word = Buffer.from([0, 0, raw[2 * index]!, raw[2 * index + 1]!]);
        return word.readFloatLE();
      });
      tensors[name] = { dtype: 'F32', shape: entry.shape, data };
    }
  }
  return tensors;
}

function write(folder: string, config: unknown, tensors: Readonly<Record<string, NewTensor>>): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'config.json'), JSON.stringify(config));
  const header: Record<string, unknown> = {};
  let end = 0;
  for (const [name, { dtype, shape, data }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [end, end + data.byteLength] };
    end += data.byteLength;
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const contents = Object.values(tensors).map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  writeFileSync(path.join(folder, 'model.safetensors'), Buffer.concat([length, json, ...contents]));
}

/** A small generator of numbers in [0, 1). */
function generator(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
