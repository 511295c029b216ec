import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { downloadHeaders } from '../../src/hub/download-headers.ts';
import { openCheckpoint } from '../../src/models/checkpoint.ts';
import type { Files } from './support/checkpoint-files.ts';
import { noise } from './support/checkpoint-files.ts';
import { commit, model, setUpHub, temporaryFolder } from './support/hub-setup.ts';

const shardBytes = 300_000;

/** A safetensors file with one tensor. */
function shard(name: string): Buffer {
  const json = JSON.stringify({ [name]: { dtype: 'U8', shape: [shardBytes], data_offsets: [0, shardBytes] } });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, Buffer.from(json), noise(shardBytes, name)]);
}

const weightMap = { a: 'model-00001-of-00002.safetensors', b: 'model-00002-of-00002.safetensors' };
const files: Files = {
  'config.json': Buffer.from('{"model_type":"llama"}'),
  'tokenizer.json': noise(50_000),
  'tokenizer_config.json': Buffer.from('{"chat_template":"{{ messages }}"}'),
  'model.safetensors.index.json': Buffer.from(JSON.stringify({ weight_map: weightMap })),
  'model-00001-of-00002.safetensors': shard('a'),
  'model-00002-of-00002.safetensors': shard('b'),
  'README.md': Buffer.from('# A model'),
};

describe('the headers of a model on the Hub', () => {
  it('make a checkpoint that can be looked at, without a byte of its weights', async () => {
    const { hub, settings, options } = await setUpHub(files);
    const folder = temporaryFolder();
    expect(await downloadHeaders(model, folder, settings, options)).toBe(commit);
    const { tensors } = await openCheckpoint(folder);
    expect([...tensors].map(([name, { shape }]) => [name, shape])).toEqual([
      ['a', [shardBytes]],
      ['b', [shardBytes]],
    ]);
    expect(readFileSync(join(folder, 'tokenizer_config.json'))).toEqual(files['tokenizer_config.json']);
    expect(statSync(join(folder, 'tokenizer.json')).size).toBe(50_000);
    const headers = Object.values(weightMap).map((path) => files[path]!.length - shardBytes);
    // Redirected requests are seen by both hosts; only the storage sends contents.
    const sent = hub.downloads('storage').map(({ range }) => range);
    expect(sent.sort()).toEqual(headers.flatMap((bytes) => ['bytes=0-7', `bytes=8-${bytes - 1}`]).sort());
    expect(hub.downloads().some(({ path }) => /tokenizer\.json|README/.test(path))).toBe(false);
  });

  it('come again where a connection was cut', async () => {
    const { hub, settings, options } = await setUpHub(files);
    hub.fail({ host: 'storage', path: /./, times: 2, effect: { kind: 'cut', afterBytes: 3 } });
    const folder = temporaryFolder();
    await downloadHeaders(model, folder, settings, options);
    expect((await openCheckpoint(folder)).tensors.size).toBe(2);
  });

  it('are refused where they are none', async () => {
    const { settings, options } = await setUpHub({ ...files, 'model-00002-of-00002.safetensors': noise(4000) });
    await expect(downloadHeaders(model, temporaryFolder(), settings, options)).rejects.toThrow(
      /org\/name: model-00002-of-00002\.safetensors says its header has \d+ bytes, of 4000 in all/,
    );
  });
});
