import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Encoder, startEncoder } from '../../src/text/encoder.ts';
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
  const opened: Encoder[] = [];
  afterEach(() => Promise.all(opened.splice(0).map((encoder) => encoder.close())));

  async function openEncoder(folder: string): Promise<Encoder> {
    const encoder = await startEncoder(folder, 1);
    opened.push(encoder);
    return encoder;
  }

  it('reads a lone surrogate as U+FFFD', async () => {
    const encoder = await openEncoder(LLAMA3);
    const broken = await encoder.encodeWithOffsets('a\ud800b', false);
    const replaced = await encoder.encodeWithOffsets('a\ufffdb', false);
    expect(broken).toEqual(replaced);
    expect(broken.offsets.at(-1)).toEqual([2, 3]);
  });

  it('neither cuts nor pads, whatever a checkpoint kept of its training', async () => {
    const json = JSON.parse(await readFile(join(LLAMA3, 'tokenizer.json'), 'utf8'));
    json.truncation = { direction: 'Right', max_length: 3, strategy: 'LongestFirst', stride: 0 };
    json.padding = { strategy: { Fixed: 9 }, direction: 'Right', pad_id: 599, pad_type_id: 0, pad_token: 'x' };
    json.padding.pad_to_multiple_of = null;
    const folder = await folderWith(JSON.stringify(json));
    const encoder = await openEncoder(folder);
    expect(await encoder.encode('a', false)).toEqual([64]);
    expect(await encoder.encode('1 2 3 4', false)).toHaveLength(7);
  });

  it('leaves the event loop free while it encodes a long text', async () => {
    const encoder = await openEncoder(LLAMA3);
    let numTurns = 0;
    const timer = setInterval(() => numTurns++, 1);
    const ids = await encoder.encode('many words of a long text '.repeat(40_000), true);
    clearInterval(timer);
    expect(ids.length).toBeGreaterThan(400_000);
    expect(numTurns).toBeGreaterThan(20);
  });
});
