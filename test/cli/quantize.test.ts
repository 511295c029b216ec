import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { copyModel } from '../models/support/model-folder.ts';
import { runParlance } from './support/run-parlance.ts';

const temporary = mkdtempSync(join(tmpdir(), 'parlance-quantize-'));
const model = copyModel('llama3-tied');
afterAll(() => {
  rmSync(temporary, { recursive: true });
  model.remove();
});

describe('parlance quantize', () => {
  it('writes a checkpoint of its own, which generates what the original generates with the same weights', async () => {
    const output = join(temporary, 'packed');
    const { code, stdout } = await runParlance(['quantize', model.folder, '--quantize', 'int8', '--output', output]);
    expect([code, stdout]).toEqual([0, `${output}\n`]);
    expect(JSON.parse(readFileSync(join(output, 'config.json'), 'utf8')).quantization_config).toMatchObject({
      quant_method: 'parlance',
      quantisation: 'int8',
    });
    const generate = (...args: string[]) => runParlance(['generate', '--max-new-tokens', '5', ...args, 'hello']);
    const packed = await generate('--model-id', output);
    const asLoaded = await generate('--model-id', model.folder, '--quantize', 'int8');
    expect([packed.code, packed.stdout]).toEqual([0, asLoaded.stdout]);
  });

  it('asks for what to pack the weights into', async () => {
    const { code, stderr } = await runParlance(['quantize', model.folder]);
    expect([code, stderr]).toEqual([1, 'error: --quantize is missing: give one of int8, int4, w8a8\n']);
  });

  it('says that a checkpoint is not quantised by what was asked for', async () => {
    const { code, stderr } = await runParlance(['generate', '--model-id', model.folder, '--quantize', 'gptq', 'hello']);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error: quantize is gptq, but .*config\.json has no quantization_config of gptq: int4 packs/m,
    );
  });
});

describe('parlance eval', () => {
  const file = join(temporary, 'text.txt');
  writeFileSync(
    file,
    'the quick brown fox jumps over the lazy dog, and then it rests for a while under a tree. '.repeat(4),
  );

  it('gives a row for each way of packing, beside float32', async () => {
    const asked = ['eval', model.folder, '--file', file, '--modes', 'fp32,int8', '--window', '64'];
    const { code, stdout } = await runParlance([...asked, '--json']);
    expect(code).toBe(0);
    const { modes } = JSON.parse(stdout);
    expect(modes).toMatchObject([
      { mode: 'fp32', meanDivergence: 0, topAgreement: 1 },
      { mode: 'int8', numTokens: modes[0].numTokens },
    ]);
    expect(modes[1].meanDivergence).toBeGreaterThan(0);
    expect(modes[1].meanDivergence).toBeLessThan(0.05);
    const table = await runParlance(asked);
    expect(table.stdout.split('\n')[0]).toMatch(/^MODE +PERPLEXITY +DIVERGENCE +SAME TOKEN +TOKENS$/);
    expect(
      table.stdout
        .split('\n')
        .slice(1, 3)
        .map((line) => line.split(/\s+/)[0]),
    ).toEqual(['fp32', 'int8']);
  });

  it('names what it does not know', async () => {
    const { code, stderr } = await runParlance(['eval', model.folder, '--file', file, '--modes', 'int5']);
    expect([code, stderr]).toEqual([1, 'error: --modes int5: int5 is not one of fp32, int8, int4, w8a8\n']);
    const absent = await runParlance(['eval', '/absent', '--file', '/absent.txt']);
    expect(absent.stderr).toMatch(/^error: --file \/absent\.txt can't be read: [^\n]+\n$/);
    const narrow = await runParlance(['eval', model.folder, '--file', file, '--window', '1']);
    expect(narrow.stderr).toContain("argument '1' is invalid. Expected an integer from 2.");
  });
});
