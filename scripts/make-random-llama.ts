import { copyFile, mkdir, open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

const shapes: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '1.1b': { layers: 22, hidden: 2048, heads: 32, 'kv-heads': 4, ffn: 5632, vocab: 32_000, positions: 2048 },
  '7b': { layers: 32, hidden: 4096, heads: 32, 'kv-heads': 32, ffn: 11_008, vocab: 32_000, positions: 4096 },
};

const { values: flags } = parseArgs({
  options: {
    out: { type: 'string' },
    dtype: { type: 'string', default: 'bfloat16' },
    shape: { type: 'string', default: '1.1b' },
    shards: { type: 'string', default: '1' },
    layers: { type: 'string' },
    hidden: { type: 'string' },
    heads: { type: 'string' },
    'kv-heads': { type: 'string' },
    ffn: { type: 'string' },
    vocab: { type: 'string' },
    positions: { type: 'string' },
    tokenizer: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const usage = `Writes a Llama checkpoint of random weights to time loading and decoding with.

  npx tsx scripts/make-random-llama.ts --out FOLDER [--shape 1.1b|7b] [--dtype float32|float16|bfloat16] [--shards N]
    [--layers N] [--hidden N] [--heads N] [--kv-heads N] [--ffn N] [--vocab N] [--positions N]
    [--tokenizer FOLDER]   copies the tokenizer's files of another checkpoint`;

const tokenizerFiles = ['tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json', 'generation_config.json'];

/** Weights repeat a pool of random numbers, each from a place of its own: ONNX Runtime would keep equal ones once. */
const poolElements = 1 << 22;
const deviation = 0.02;

interface NumberType {
  readonly header: string;
  readonly bytes: number;
  encode(values: Float32Array): Uint8Array;
}

const numberTypes: Readonly<Record<string, NumberType>> = {
  float32: { header: 'F32', bytes: 4, encode: (values) => bytesOf(values) },
  bfloat16: {
    header: 'BF16',
    bytes: 2,
    encode: (values) => bytesOf(Uint16Array.from(bitsOf(values), (bits) => bits >>> 16)),
  },
  float16: { header: 'F16', bytes: 2, encode: (values) => bytesOf(Uint16Array.from(bitsOf(values), toHalf)) },
};

interface PlannedTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

function plan(): PlannedTensor[] {
  const [hidden, heads, kvHeads, ffn, vocab] = [
    size('hidden'),
    size('heads'),
    size('kv-heads'),
    size('ffn'),
    size('vocab'),
  ];
  const headDim = hidden / heads;
  const layers = Array.from({ length: size('layers') }, (_, layer) =>
    [
      { name: 'input_layernorm', shape: [hidden] },
      { name: 'self_attn.q_proj', shape: [heads * headDim, hidden] },
      { name: 'self_attn.k_proj', shape: [kvHeads * headDim, hidden] },
      { name: 'self_attn.v_proj', shape: [kvHeads * headDim, hidden] },
      { name: 'self_attn.o_proj', shape: [hidden, heads * headDim] },
      { name: 'post_attention_layernorm', shape: [hidden] },
      { name: 'mlp.gate_proj', shape: [ffn, hidden] },
      { name: 'mlp.up_proj', shape: [ffn, hidden] },
      { name: 'mlp.down_proj', shape: [hidden, ffn] },
    ].map(({ name, shape }) => ({ name: `model.layers.${layer}.${name}.weight`, shape })),
  );
  return [
    { name: 'model.embed_tokens.weight', shape: [vocab, hidden] },
    ...layers.flat(),
    { name: 'model.norm.weight', shape: [hidden] },
    { name: 'lm_head.weight', shape: [vocab, hidden] },
  ];
}

function config(dtype: string) {
  return {
    architectures: ['LlamaForCausalLM'],
    model_type: 'llama',
    vocab_size: size('vocab'),
    hidden_size: size('hidden'),
    intermediate_size: size('ffn'),
    num_hidden_layers: size('layers'),
    num_attention_heads: size('heads'),
    num_key_value_heads: size('kv-heads'),
    max_position_embeddings: size('positions'),
    hidden_act: 'silu',
    rms_norm_eps: 1e-5,
    rope_theta: 10_000,
    tie_word_embeddings: false,
    bos_token_id: 1,
    eos_token_id: 2,
    torch_dtype: dtype,
  };
}

/** @returns bytes of the tensors */
async function writeShard(
  file: string,
  tensors: readonly PlannedTensor[],
  { header, bytes, encode }: NumberType,
): Promise<number> {
  const [ones, noise] = [encode(new Float32Array(poolElements).fill(1)), encode(gaussians(poolElements))];
  let end = 0;
  const entries = tensors.map(({ name, shape }) => {
    const start = end;
    end += numElements(shape) * bytes;
    return [name, { dtype: header, shape, data_offsets: [start, end] }] as const;
  });
  const json = JSON.stringify({ __metadata__: { format: 'pt' }, ...Object.fromEntries(entries) });
  const padded = Buffer.from(json.padEnd(Math.ceil(json.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  const handle = await open(file, 'w');
  await handle.write(length);
  await handle.write(padded);
  for (const { shape } of tensors) {
    const pool = shape.length === 1 ? ones : noise;
    let begin = Math.floor(Math.random() * poolElements) * bytes;
    for (let left = numElements(shape) * bytes; left > 0; begin = 0) {
      const { bytesWritten } = await handle.write(pool, begin, Math.min(left, pool.length - begin));
      left -= bytesWritten;
    }
  }
  await handle.close();
  return end;
}

function gaussians(length: number): Float32Array {
  return Float32Array.from({ length }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - Math.random()));
    return deviation * radius * Math.cos(2 * Math.PI * Math.random());
  });
}

function toHalf(bits: number): number {
  const exponent = ((bits >>> 23) & 0xff) - 112;
  const sign = (bits >>> 16) & 0x8000;
  return exponent <= 0 ? sign : sign | (exponent << 10) | ((bits >>> 13) & 0x3ff);
}

const numElements = (shape: readonly number[]) => shape.reduce((product, dimension) => product * dimension, 1);
const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) => new Uint8Array(buffer, byteOffset, byteLength);
const bitsOf = (values: Float32Array) => new Uint32Array(values.buffer, values.byteOffset, values.length);

type Size = 'layers' | 'hidden' | 'heads' | 'kv-heads' | 'ffn' | 'vocab' | 'positions' | 'shards';

function size(flag: Size): number {
  const shape = shapes[flags.shape];
  if (shape === undefined)
    throw new Error(`--shape is ${flags.shape}: expected one of ${Object.keys(shapes).join(', ')}`);
  const value = Number(flags[flag] ?? shape[flag]);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`--${flag} is ${flags[flag]}: expected a whole number from 1`);
  return value;
}

async function main(out: string): Promise<void> {
  const type = numberTypes[flags.dtype];
  if (type === undefined)
    throw new Error(`--dtype is ${flags.dtype}: expected one of ${Object.keys(numberTypes).join(', ')}`);
  await mkdir(out, { recursive: true });
  await writeFile(path.join(out, 'config.json'), JSON.stringify(config(flags.dtype), null, 2));
  const tensors = plan();
  const numShards = size('shards');
  const weightMap: Record<string, string> = {};
  let totalSize = 0;
  for (let shard = 0; shard < numShards; shard++) {
    const range = [shard, shard + 1].map((part) => Math.round((part * tensors.length) / numShards));
    const number = (value: number) => String(value).padStart(5, '0');
    const name =
      numShards === 1 ? 'model.safetensors' : `model-${number(shard + 1)}-of-${number(numShards)}.safetensors`;
    const inShard = tensors.slice(...range);
    totalSize += await writeShard(path.join(out, name), inShard, type);
    for (const tensor of inShard) weightMap[tensor.name] = name;
  }
  if (numShards > 1) {
    const index = { metadata: { total_size: totalSize }, weight_map: weightMap };
    await writeFile(path.join(out, 'model.safetensors.index.json'), JSON.stringify(index, null, 2));
  }
  if (flags.tokenizer !== undefined)
    for (const file of tokenizerFiles) await copyFile(path.join(flags.tokenizer, file), path.join(out, file));
  const numParameters = tensors.reduce((sum, { shape }) => sum + numElements(shape), 0);
  process.stdout.write(
    `${out}: ${(numParameters / 1e9).toFixed(2)} billion parameters, ${(totalSize / 2 ** 30).toFixed(2)} GiB\n`,
  );
}

if (flags.help || flags.out === undefined) process.stdout.write(`${usage}\n`);
else await main(flags.out);
