import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { startEncoder } from '../../src/text/encoder.ts';
import { loadTokenizer } from '../../src/text/tokenizer.ts';
import { describeTokenizer } from './describe-tokenizer.ts';
import { goldenFolders, MODEL_FIXTURES } from './goldens.ts';

for (const folder of goldenFolders(MODEL_FIXTURES)) describeTokenizer(folder);

const LLAMA3 = join(MODEL_FIXTURES, 'llama3-tied');

async function folderWith(tokenizerJson: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parlance-tokenizer-'));
  await writeFile(join(folder, 'tokenizer.json'), tokenizerJson);
  return folder;
}

describe('loadTokenizer', () => {
  it('names the file that is missing', async () => {
    await expect(loadTokenizer('/nowhere')).rejects.toMatchObject({
      code: 'invalid_checkpoint',
      message: expect.stringContaining('/nowhere/tokenizer.json is missing'),
    });
  });

  it.each([
    ['cut off', '{"version": "1.0", "added_tok', 'is not JSON'],
    ['no object', '[]', 'must hold a JSON object'],
    ['without a model', '{"version": "1.0"}', 'is not a tokenizer'],
  ])('names the file that is %s', async (_, json, problem) => {
    const folder = await folderWith(json);
    await expect(loadTokenizer(folder)).rejects.toMatchObject({
      code: 'invalid_checkpoint',
      message: expect.stringContaining(`${join(folder, 'tokenizer.json')} ${problem}`),
    });
  });

  it('knows the vocabulary and its special tokens', async () => {
    const tokenizer = await loadTokenizer(LLAMA3);
    expect(tokenizer.vocabSize).toBe(600);
    expect(tokenizer.tokenToId('<|begin_of_text|>')).toBe(592);
    expect(tokenizer.tokenToId('<|no such token|>')).toBeUndefined();
    expect([...tokenizer.specialIds].sort()).toEqual([592, 593, 594, 595, 596, 597, 598, 599]);
  });

  it('decodes ids one by one', async () => {
    const tokenizer = await loadTokenizer(LLAMA3);
    expect(await tokenizer.decodeEach([592, 64, 162, 64])).toEqual(['<|begin_of_text|>', 'a', '\ufffd', 'a']);
  });

  it('decodes what is asked for in one turn as one batch, each to its own text', async () => {
    const tokenizer = await loadTokenizer(LLAMA3);
    const ids = Array.from({ length: 200 }, (_, id) => [id, (id * 7) % 500]);
    const together = await Promise.all(ids.map((pair) => tokenizer.decode(pair)));
    const alone: string[] = [];
    for (const pair of ids) alone.push(await tokenizer.decode(pair));
    expect(together).toEqual(alone);
  });
});

describe('the encoder', () => {
  it('reads a lone surrogate as U+FFFD', async () => {
    const encoder = await startEncoder(LLAMA3, 1);
    const broken = await encoder.encodeWithOffsets('a\ud800b', false);
    const replaced = await encoder.encodeWithOffsets('a\ufffdb', false);
    await encoder.close();
    expect(broken).toEqual(replaced);
    expect(broken.offsets.at(-1)).toEqual([2, 3]);
  });

  it('leaves the event loop free while it encodes a long text', async () => {
    const encoder = await startEncoder(LLAMA3, 1);
    let numTurns = 0;
    const timer = setInterval(() => numTurns++, 1);
    const ids = await encoder.encode('many words of a long text '.repeat(40_000), true);
    clearInterval(timer);
    await encoder.close();
    expect(ids.length).toBeGreaterThan(400_000);
    expect(numTurns).toBeGreaterThan(20);
  });
});
