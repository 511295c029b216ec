import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { loadModel } from '../../../src/models/load-model.ts';
import { openRuntime } from '../../../src/runtime/open-runtime.ts';
import { describeModelGoldens } from '../support/describe-model-goldens.ts';
import { maxDifference, prefill } from '../support/generate.ts';
import { type GoldenPrompt, readGoldens } from '../support/goldens.ts';
import { type IntegerOptions, storeAsIntegers } from './support/store-as-integers.ts';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures/quantised');
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function copyOf(source: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'parlance-integers-'));
  folders.push(folder);
  cpSync(source, folder, { recursive: true });
  return folder;
}

describe('a checkpoint that is quantised already', () => {
  for (const name of ['llama-gptq', 'llama-awq']) {
    const folder = copyOf(path.join(fixtures, name));
    describeModelGoldens({ folder, goldens: readGoldens(folder) }, 'c-api');
  }
});

describe('weights stored as integers', () => {
  const layouts: IntegerOptions[] = [
    { kind: 'gptq', bits: 4, groupSize: 32, isActOrder: true },
    { kind: 'gptq', bits: 4, groupSize: -1, isActOrder: false },
    { kind: 'gptq', bits: 4, groupSize: -1, isActOrder: true },
    { kind: 'gptq', bits: 4, groupSize: 16, isActOrder: true, isV2: true },
    { kind: 'gptq', bits: 4, groupSize: 48, isActOrder: false },
    { kind: 'gptq', bits: 8, groupSize: 32, isActOrder: true },
    { kind: 'gptq', bits: 8, groupSize: -1, isActOrder: false, isV2: true },
    { kind: 'gptq', bits: 3, groupSize: 32, isActOrder: true },
    { kind: 'gptq', bits: 2, groupSize: 64, isActOrder: false },
    { kind: 'awq', bits: 4, groupSize: 64, isActOrder: false },
    { kind: 'awq', bits: 4, groupSize: 128, isActOrder: false },
    { kind: 'awq', bits: 4, groupSize: -1, isActOrder: false },
  ];

  it.each(layouts)('give the logits of the numbers that they stand for: %j', async (layout) => {
    const { stored, plain } = storeAsIntegers('mistral-zephyr', layout);
    folders.push(stored, plain);
    const tokens = Array.from({ length: 20 }, (_, index) => 3 + index * 7);
    expect(maxDifference(await logitsOf(stored, tokens), await logitsOf(plain, tokens))).toBeLessThan(1e-4);
  });
});

describe('an older checkpoint, whose config.json does not tell of its integers,', () => {
  const settings = {
    gptq: ['quantize_config.json', { bits: 4, group_size: 32, desc_act: false, sym: true, damp_percent: 0.01 }],
    awq: ['quant_config.json', { w_bit: 4, q_group_size: 32, zero_point: true, version: 'GEMM' }],
  } as const;

  it.each(['gptq', 'awq'] as const)('is read by what its %s settings say beside it', async (kind) => {
    const folder = copyOf(path.join(fixtures, `llama-${kind}`));
    const { quantization_config: _, ...config } = JSON.parse(readFileSync(path.join(folder, 'config.json'), 'utf8'));
    writeFileSync(path.join(folder, 'config.json'), JSON.stringify(config));
    const [name, values] = settings[kind];
    writeFileSync(path.join(folder, name), JSON.stringify(values));
    const [{ ids, last_logits }] = readGoldens(folder).prompts as [GoldenPrompt];
    expect(maxDifference(await logitsOf(folder, ids), last_logits)).toBeLessThan(1e-4);
  });
});

async function logitsOf(folder: string, tokens: readonly number[]): Promise<Float32Array> {
  const runtime = await openRuntime({ kind: 'c-api' });
  const { model } = await loadModel({ folder, runtime, numSlots: 1, maxPositions: 64, numThreads: 1 });
  const { logits } = await prefill(model, 0, tokens);
  model.dispose();
  runtime.dispose();
  return logits;
}
