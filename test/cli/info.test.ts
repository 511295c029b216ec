import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FIXTURES, runParlance } from './support/run-parlance.ts';

const model = join(FIXTURES, 'llama3-tied');

describe('parlance info', () => {
  it('says what a model is and what it takes', async () => {
    const { code, stdout, stderr } = await runParlance(['info', model]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' '))).toEqual([
      `model ${model}`,
      `folder ${model}`,
      'architecture LlamaForCausalLM (family llama)',
      'shape 2 layers of 48, 3 heads on 1 of keys and values, vocabulary 600',
      'positions 256',
      'parameters 82.8K (162 KiB of BF16)',
      'memory 323 KiB for the weights, computed in float32',
      ' 256 B a token in the KV cache, 64 KiB for 256 positions',
      'chat templates: default',
      'can be served yes',
      '',
    ]);
  });

  it('says it for programs with --json', async () => {
    const { stdout } = await runParlance(['info', '--json', model]);
    expect(JSON.parse(stdout)).toMatchObject({
      id: model,
      canBeServed: true,
      family: 'llama',
      numParameters: 82_800,
      storedBytes: { BF16: 165_600 },
      memory: { weightBytes: 331_200, kvBytesPerToken: 256 },
      problems: [],
    });
  });

  it('takes the model from the environment as serve does', async () => {
    const { stdout } = await runParlance(['info', '--json'], { env: { HF_MODEL_ID: join(FIXTURES, 'qwen3') } });
    expect(JSON.parse(stdout)).toMatchObject({ architecture: 'Qwen3ForCausalLM' });
  });

  it('says all that keeps a model from being served', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parlance-info-'));
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ architectures: ['NoSuchForCausalLM'] }));
    const { code, stdout } = await runParlance(['info', '--json', folder]);
    rmSync(folder, { recursive: true });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      canBeServed: false,
      problems: [
        expect.stringContaining('architectures is ["NoSuchForCausalLM"]'),
        expect.stringContaining('model.safetensors'),
        expect.stringContaining('tokenizer.json'),
      ],
    });
  });
});
