import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { CausalModel } from '../../../src/models/causal-model.ts';
import { loadModel } from '../../../src/models/load-model.ts';
import { quantisations } from '../../../src/models/quantise/quantisation.ts';
import { quantiseTo } from '../../../src/models/quantise/quantise-folder.ts';
import { openRuntime } from '../../../src/runtime/open-runtime.ts';
import { copyRow, prefill } from '../support/generate.ts';
import { readGoldens } from '../support/goldens.ts';
import { copyModel } from '../support/model-folder.ts';

const names = ['llama2-mha', 'llama3-tied', 'mistral-zephyr', 'qwen2', 'qwen3'];
const runtime = await openRuntime({ kind: 'c-api' });
const copies = new Map(names.map((name) => [name, copyModel(name)]));
afterAll(() => {
  runtime.dispose();
  for (const copy of copies.values()) copy.remove();
});

const options = { runtime, numSlots: 3, maxPositions: 256, numThreads: 1 };

describe.each(names)('%s', (name) => {
  const { folder } = copies.get(name)!;
  const prompts = readGoldens(folder).prompts.map(({ ids }) => ids);

  it.each(quantisations)('gives the same bits alone and in a batch, packed as %s', async (quantisation) => {
    const { model } = await loadModel({ ...options, folder, quantisation });
    const alone = [];
    for (const prompt of prompts) alone.push(await twoSteps(model, [prompt]));
    const together = await twoSteps(model, prompts);
    model.dispose();
    expect(together).toEqual(alone.flat());
  });

  it('stays near float32 where its weights have 8 bits', async () => {
    const { model: plain } = await loadModel({ ...options, folder });
    const expected = await prefill(plain, 0, prompts[1]!);
    plain.dispose();
    for (const quantisation of ['int8', 'w8a8'] as const) {
      const { model } = await loadModel({ ...options, folder, quantisation });
      const actual = await prefill(model, 0, prompts[1]!);
      model.dispose();
      expect(correlation(actual.logits, expected.logits)).toBeGreaterThan(0.995);
    }
  });
});

describe('a checkpoint written by quantiseTo', () => {
  it.each(quantisations)('gives the logits of weights packed as they are loaded: %s', async (quantisation) => {
    const { folder } = copies.get('qwen2')!;
    const output = mkdtempSync(path.join(tmpdir(), 'parlance-packed-'));
    const quiet = { cacheFolder: output, numWorkers: 1, onProgress: () => {}, onNote: () => {} };
    await quantiseTo(output, { folder, quantisation, ...quiet });
    const rows = [];
    for (const load of [{ folder, quantisation }, { folder: output }]) {
      const { model } = await loadModel({ ...options, ...load });
      rows.push(await prefill(model, 0, [5, 6, 7, 8]));
      model.dispose();
    }
    expect(rows[1]).toEqual(rows[0]);
    await expect(loadModel({ ...options, folder: output, quantisation: other(quantisation) })).rejects.toThrow(
      `are quantised already (${quantisation}): leave it out`,
    );
    await expect(quantiseTo(output, { folder, quantisation, ...quiet })).rejects.toThrow('holds a checkpoint already');
    rmSync(output, { recursive: true });
  });
});

it('keeps the head of a checkpoint that has one, though its config.json says that it is tied', async () => {
  const model = copyModel('llama2-mha');
  const load = async (folder: string, quantisation?: 'int8') => {
    const { model } = await loadModel({ ...options, folder, ...(quantisation && { quantisation }) });
    const row = await prefill(model, 0, [5, 6, 7, 8]);
    model.dispose();
    return row;
  };
  const untied = await load(model.folder, 'int8');
  model.changeConfig({ tie_word_embeddings: true });
  const output = model.file('packed');
  const quiet = { cacheFolder: output, numWorkers: 1, onProgress: () => {}, onNote: () => {} };
  await quantiseTo(output, { folder: model.folder, quantisation: 'int8', ...quiet });
  expect(await load(output)).toEqual(untied);
  model.remove();
});

it('carries over the chat templates of a checkpoint, named ones too', async () => {
  const model = copyModel('qwen2');
  mkdirSync(model.file('additional_chat_templates'));
  writeFileSync(model.file('additional_chat_templates/rag.jinja'), '{{ documents }}');
  const output = model.file('packed');
  await quantiseTo(output, {
    folder: model.folder,
    quantisation: 'int8',
    cacheFolder: output,
    numWorkers: 1,
    onProgress: () => {},
    onNote: () => {},
  });
  expect(readFileSync(path.join(output, 'additional_chat_templates/rag.jinja'), 'utf8')).toBe('{{ documents }}');
  model.remove();
});

it('names the weight that holds a number which is not finite', async () => {
  const model = copyModel('llama2-mha');
  const name = 'model.layers.1.mlp.up_proj.weight';
  model.changeTensor('model.safetensors', name, (bytes) => bytes.fill(0xff, 6, 8));
  await expect(loadModel({ ...options, folder: model.folder, quantisation: 'int8' })).rejects.toMatchObject({
    code: 'invalid_checkpoint',
    message: expect.stringContaining(`element 3 of ${name} is NaN`),
  });
  model.remove();
});

const other = (quantisation: string) => (quantisation === 'int8' ? 'int4' : 'int8');

/** Reads each prompt into a slot, then decodes a token after all of them. @returns the rows of each */
async function twoSteps(model: CausalModel, prompts: readonly (readonly number[])[]) {
  const rows = [];
  for (const [slot, prompt] of prompts.entries()) rows.push([await prefill(model, slot, prompt)]);
  const logits = await model.decode(
    prompts.map(() => 9),
    prompts.map(({ length }) => length),
  );
  for (const [slot, each] of rows.entries()) each.push(copyRow(logits, slot));
  return rows;
}

function correlation(a: Float32Array, b: Float32Array): number {
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, squaresA, squaresB] = [0, 0, 0];
  for (const [index, value] of a.entries()) {
    both += (value - meanA) * (b[index]! - meanB);
    squaresA += (value - meanA) ** 2;
    squaresB += (b[index]! - meanB) ** 2;
  }
  return both / Math.sqrt(squaresA * squaresB);
}
