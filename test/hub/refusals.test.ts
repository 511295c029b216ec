import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { describeWriteError } from '../../src/hub/disk-space.ts';
import { downloadHubModel } from '../../src/hub/download-hub-model.ts';
import { parseHubModel } from '../../src/hub/hub-model.ts';
import { shardedModel } from './support/checkpoint-files.ts';
import { model, setUpHub, temporaryFolder } from './support/hub-setup.ts';

const files = shardedModel();

async function refusal(
  rest: Parameters<typeof setUpHub>[1],
  environment: Record<string, string> = {},
  asked = model,
): Promise<{ message: string; param: string; cacheFolder: string; endpoint: string }> {
  const { hub, settings, options } = await setUpHub(files, rest, environment);
  const error = await downloadHubModel(asked, settings, options).catch((error: unknown) => error);
  return Object.assign(error as { message: string; param: string }, {
    cacheFolder: settings.cacheFolder,
    endpoint: hub.endpoint,
  });
}

describe('a refusal of the Hub', () => {
  it('of a gated model says where its terms are, and what to set', async () => {
    const { message, param, endpoint } = await refusal({ tokens: ['granted'], isGated: true });
    expect(message).toBe(
      `org/name is gated: accept its terms at ${endpoint}/org/name, and set HF_TOKEN to a token of the account that did`,
    );
    expect(param).toBe('HF_TOKEN');
  });

  it('of a gated model to a token without access says that the account lacks it', async () => {
    const { message } = await refusal({ tokens: ['granted'], isGated: true }, { HF_TOKEN: 'other' });
    expect(message).toMatch(
      /the account of HF_TOKEN has no access: ask for it at .*Access to model org\/name is restricted/,
    );
    expect(message).not.toContain('other');
  });

  it('of a model that is missing or private says both', async () => {
    const missing = await refusal({}, {}, { ...model, id: 'org/nane' });
    expect(missing.message).toMatch(
      /^there is no model org\/nane on .*, or it is private: check its name; if it is private, set HF_TOKEN/,
    );
    expect(missing.param).toBe('model-id');
    const hidden = await refusal({ tokens: ['granted'] }, { HF_TOKEN: 'other' });
    expect(hidden.message).toMatch(/\(the one that is set may not\)$/);
  });

  it('of a token that it does not know says where to make one', async () => {
    const { message } = await refusal({}, { HF_TOKEN: 'unknown' });
    expect(message).toMatch(/does not know the token in HF_TOKEN: make one at .*\/settings\/tokens$/);
  });

  it('of a revision names it', async () => {
    const { message, param } = await refusal({}, {}, { ...model, revision: 'v9' });
    expect(message).toMatch(/^org\/name has no revision v9: .*\/org\/name\/tree\/main lists/);
    expect(param).toBe('revision');
  });

  it('leaves nothing in the cache', async () => {
    expect(existsSync((await refusal({ isGated: true, tokens: [] })).cacheFolder)).toBe(false);
  });
});

describe('a model that can not be read', () => {
  it('is refused before its weights are downloaded', async () => {
    const { hub, settings, options } = await setUpHub({
      'config.json': Buffer.from('{}'),
      'pytorch_model.bin': Buffer.alloc(1000),
    });
    await expect(downloadHubModel(model, settings, options)).rejects.toThrow(
      /neither model\.safetensors nor .*, but its weights in another form \(pytorch_model\.bin\): .*save_pretrained/,
    );
    expect(hub.downloads()).toEqual([]);
  });

  it('is refused where its index names a shard that is not there', async () => {
    const { 'model-00002-of-00002.safetensors': _, ...rest } = files;
    const { hub, settings, options } = await setUpHub(rest);
    await expect(downloadHubModel(model, settings, options)).rejects.toThrow(
      'org/name lacks model-00002-of-00002.safetensors, which model.safetensors.index.json names as a shard',
    );
    expect(hub.downloads('storage')).toEqual([]);
  });
});

describe('without the network', () => {
  it('serves from the cache, and says that the Hub could not be reached', async () => {
    const { hub, settings, options, notes, waitsMs } = await setUpHub(files);
    const folder = await downloadHubModel(model, settings, options);
    await hub.stop();
    expect(await downloadHubModel(model, settings, options)).toBe(folder);
    expect(notes.at(-1)).toMatch(/can't be reached; taking org\/name from the cache/);
    expect(waitsMs.length).toBe(1);
  });

  it('fails where the cache has nothing, naming the address', async () => {
    const { hub, settings, options } = await setUpHub(files);
    await hub.stop();
    await expect(downloadHubModel(model, settings, options)).rejects.toThrow(
      /localhost:\d+\/api\/models\/org\/name\/revision\/main: .*ECONNREFUSED.*\(4 attempts\)/,
    );
  });

  it('asks nobody when HF_HUB_OFFLINE is set', async () => {
    const { hub, settings, options } = await setUpHub(files);
    const folder = await downloadHubModel(model, settings, options);
    hub.requests.length = 0;
    const offline = { ...settings, offlineReason: 'HF_HUB_OFFLINE is set' };
    expect(await downloadHubModel(model, offline, options)).toBe(folder);
    const other = downloadHubModel({ ...model, revision: 'v2' }, offline, options);
    await expect(other).rejects.toThrow(
      /org\/name \(revision v2\) is not in .*\(HF_HUB_OFFLINE is set\): run `parlance download org\/name`/,
    );
    expect(hub.requests).toEqual([]);
  });

  it('does not serve a snapshot whose shards are not all there', async () => {
    const { settings, options } = await setUpHub(files);
    const cache = join(settings.cacheFolder, 'models--org--name');
    const snapshot = join(cache, 'snapshots', 'c'.repeat(40));
    mkdirSync(snapshot, { recursive: true });
    mkdirSync(join(cache, 'refs'));
    writeFileSync(join(cache, 'refs/main'), 'c'.repeat(40));
    for (const path of ['config.json', 'model.safetensors.index.json', 'model-00001-of-00002.safetensors'])
      writeFileSync(join(snapshot, path), files[path]!);
    await expect(
      downloadHubModel(model, { ...settings, offlineReason: 'HF_HUB_OFFLINE is set' }, options),
    ).rejects.toThrow('or not whole');
  });
});

describe('a disk', () => {
  it('without room for the model is found out before the download', async () => {
    const { hub, settings, options } = await setUpHub(files);
    hub.claimedBytes = 10 ** 15;
    await expect(downloadHubModel(model, settings, options)).rejects.toThrow(
      /^2000\.0 TB are to be downloaded to .*models--org--name, where .* are free: make room, or set HF_HUB_CACHE/,
    );
    expect(hub.downloads('storage')).toEqual([]);
  });

  it('that can not be written is named, with the setting that names another', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const { settings, options } = await setUpHub(files, {}, { HF_HUB_CACHE: join(file, 'cache') });
    await expect(downloadHubModel(model, settings, options)).rejects.toThrow(
      /file\/cache\/models--org--name: it can't be written \(ENOTDIR\): .*, or set HF_HUB_CACHE to another folder/,
    );
  });

  it('that is full is said to be full', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
    });
    expect(describeWriteError(full, '/cache', 'HF_HUB_CACHE')).toMatchObject({
      code: 'download_failed',
      message: '/cache: the disk is full: make room, or set HF_HUB_CACHE to another folder',
    });
  });
});

describe('a model id', () => {
  it.each(['org/name', 'gpt2', 'Org-1/Name_2.5'])('may be %s', (id) => {
    expect(parseHubModel(id)).toEqual({ id, revision: 'main' });
  });

  it.each(['', '../x', 'a/b/c', 'a//b', 'org/na..me', 'org/na--me', '/name', 'org/', 'a b/c'])(
    'may not be %p',
    (id) => {
      expect(() => parseHubModel(id)).toThrow('expected org/name');
    },
  );

  it.each(['../main', 'a b', '', '/x', 'a//b', '.hidden'])('does not take %p as revision', (revision) => {
    expect(() => parseHubModel('org/name', revision)).toThrow('is no revision');
  });
});
