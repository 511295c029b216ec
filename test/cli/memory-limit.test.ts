import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { controlGroupLimit, dataLimit, type MemoryLimit } from './support/memory-limit.ts';
import { FIXTURES } from './support/run-parlance.ts';

const BINARY = resolve(import.meta.dirname, '../../bin/parlance.js');
const limitBytes = 2 * 2 ** 30;
const minutes = 60_000;
const [layers, hidden, inner, vocab] = [16, 1536, 6144, 640];

/** The weights of a Llama: 2.3 GiB in float32, 1.1 GiB as they are stored. */
function tensors(): [name: string, shape: number[]][] {
  const block = (layer: number): [string, number[]][] => [
    [`model.layers.${layer}.input_layernorm.weight`, [hidden]],
    ...['q', 'k', 'v', 'o'].map((which): [string, number[]] => [
      `model.layers.${layer}.self_attn.${which}_proj.weight`,
      [hidden, hidden],
    ]),
    [`model.layers.${layer}.post_attention_layernorm.weight`, [hidden]],
    [`model.layers.${layer}.mlp.gate_proj.weight`, [inner, hidden]],
    [`model.layers.${layer}.mlp.up_proj.weight`, [inner, hidden]],
    [`model.layers.${layer}.mlp.down_proj.weight`, [hidden, inner]],
  ];
  return [
    ['model.embed_tokens.weight', [vocab, hidden]],
    ...Array.from({ length: layers }, (_, layer) => block(layer)).flat(),
    ['model.norm.weight', [hidden]],
  ];
}

/** A checkpoint whose weights are holes in a file, and read as zeros. */
function makeCheckpoint(folder: string): void {
  for (const name of ['tokenizer.json', 'tokenizer_config.json'])
    copyFileSync(join(FIXTURES, 'llama2-mha', name), join(folder, name));
  const config = {
    ...{ architectures: ['LlamaForCausalLM'], model_type: 'llama', torch_dtype: 'bfloat16' },
    ...{ vocab_size: vocab, hidden_size: hidden, intermediate_size: inner, num_hidden_layers: layers },
    ...{ num_attention_heads: 12, num_key_value_heads: 12, max_position_embeddings: 2048 },
    ...{ rms_norm_eps: 1e-5, rope_theta: 10_000, hidden_act: 'silu', tie_word_embeddings: true, eos_token_id: 2 },
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  let end = 0;
  const entries = tensors().map(([name, shape]) => {
    const start = end;
    end += shape.reduce((product, dimension) => product * dimension, 1) * 2;
    return [name, { dtype: 'BF16', shape, data_offsets: [start, end] }];
  });
  const json = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const file = join(folder, 'model.safetensors');
  writeSync(openSync(file, 'w'), Buffer.concat([length, json]));
  truncateSync(file, 8 + json.length + end);
}

interface Start {
  readonly process: ChildProcess;
  /** Ends with the address of a server that is ready, or with the error that ended the start. */
  readonly outcome: Promise<{ readonly url?: string; readonly output: string }>;
}

function start({ enter }: MemoryLimit, flags: readonly string[]): Start {
  const args = ['serve', '--hostname', '127.0.0.1', '--port', '0', ...flags];
  const child = spawn('bash', ['-c', `${enter} && exec "$0" "$@"`, process.execPath, BINARY, ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const outcome = new Promise<{ url?: string; output: string }>((done) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => {
        output += data;
        const url = /serving .* on (http:\S+), ready/.exec(output)?.[1];
        if (url !== undefined) done({ url, output });
      });
    child.once('close', () => done({ output }));
  });
  return { process: child, outcome };
}

async function refusal(limit: MemoryLimit, flags: readonly string[]): Promise<string> {
  const { url, output } = await start(limit, flags).outcome;
  expect([url, output]).toEqual([undefined, expect.stringMatching(/error: the model doesn't fit/)]);
  expect(output).not.toMatch(/loading the weights|packing the weights/);
  return output;
}

/** Starts with flags, and has an answer of four tokens. */
async function expectAnswer(limit: MemoryLimit, flags: readonly string[]): Promise<void> {
  const { process: child, outcome } = start(limit, flags);
  const { url, output } = await outcome;
  expect([url, output]).toEqual([expect.any(String), output]);
  const answer = await fetch(`${url}/generate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ inputs: 'hello', parameters: { max_new_tokens: 4, details: true } }),
  });
  expect(await answer.json()).toMatchObject({ details: { generated_tokens: 4 } });
  const ended = new Promise((done) => child.once('close', done));
  child.kill('SIGTERM');
  await ended;
}

const limits = [controlGroupLimit(limitBytes), dataLimit(limitBytes)].filter((limit) => limit !== undefined);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parlance-memory-'));
  makeCheckpoint(folder);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
  for (const limit of limits) limit.remove();
});

describe.each(limits)('a checkpoint that does not fit into 2 GiB of $name', (limit) => {
  it(
    'is refused before its weights are read, and served with the quantisation that the refusal names',
    async () => {
      const said = await refusal(limit, ['--model-id', folder]);
      expect(said).toMatch(limit.calledBy);
      expect(said).toMatch(/quantize is not set/);
      const [, flags] = /this would fit: (--quantize \S+)$/m.exec(said)!;
      await expectAnswer(limit, ['--model-id', folder, ...flags!.split(' ')]);
    },
    10 * minutes,
  );

  it(
    'is served with the longest sequence that the refusal names',
    async () => {
      const flags = ['--model-id', folder, '--quantize', 'int8'];
      const said = await refusal(limit, [...flags, '--max-total-tokens', '100000']);
      expect(said).toMatch(/max-total-tokens is 100000/);
      const [, numTokens] = /this would fit: --max-total-tokens (\d+)/.exec(said)!;
      await expectAnswer(limit, [...flags, '--max-total-tokens', numTokens!]);
    },
    10 * minutes,
  );
});
