import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { deleteCachedModel, listCachedModels } from '../../src/hub/cached-models.ts';
import { downloadHubModel } from '../../src/hub/download-hub-model.ts';
import { labelS3Cache, s3Cache } from '../../src/hub/s3-cache.ts';
import { acquireFileLock } from '../../src/system/file-lock.ts';
import { neededOf, shardedModel } from './support/checkpoint-files.ts';
import { commit, model, setUpHub } from './support/hub-setup.ts';
import { etagOf } from './support/stand-in-hub.ts';

const files = shardedModel(1000);
const sizeBytes = neededOf(files).reduce((sum, path) => sum + files[path]!.length, 0);

async function setUpCache() {
  const { hub, settings, options } = await setUpHub(files, { branches: { main: commit, v1: commit } });
  const before = Date.now();
  await downloadHubModel(model, settings, options);
  await downloadHubModel({ ...model, revision: 'v1' }, settings, options);
  return { hub, settings, options, before, folder: join(settings.cacheFolder, 'models--org--name') };
}

describe('the list of cached models', () => {
  it('has each with its size, revisions and last use', async () => {
    const { settings, folder, before } = await setUpCache();
    const [listed, ...others] = await listCachedModels(settings);
    expect(others).toEqual([]);
    expect(listed).toEqual({
      name: 'org/name',
      folder,
      sizeBytes,
      lastUsed: expect.any(Date),
      snapshots: [{ commit, revisions: ['main', 'v1'], isComplete: true }],
    });
    expect(Math.abs(listed!.lastUsed!.getTime() - before)).toBeLessThan(60_000);
  });

  it('has those of S3 by their address', async () => {
    const { settings } = await setUpCache();
    const location = { bucket: 'models', prefix: 'a/b' };
    await labelS3Cache(s3Cache(location, settings), location);
    const names = (await listCachedModels(settings)).map(({ name }) => name);
    expect(names).toEqual(['org/name', 's3://models/a/b']);
  });

  it('tells a model that is there in part', async () => {
    const { settings } = await setUpCache();
    const snapshot = join(settings.cacheFolder, 'models--org--part/snapshots', commit);
    mkdirSync(snapshot, { recursive: true });
    writeFileSync(join(snapshot, 'config.json'), '{}');
    const part = (await listCachedModels(settings)).find(({ name }) => name === 'org/part');
    expect(part).toMatchObject({ sizeBytes: 2, lastUsed: expect.any(Date), snapshots: [{ isComplete: false }] });
  });

  it('counts the packed weights that lie beside a model', async () => {
    const { settings, folder } = await setUpCache();
    const home = join(folder, 'snapshots', commit, '.parlance');
    mkdirSync(home);
    writeFileSync(join(home, 'int4-0123.safetensors'), Buffer.alloc(500));
    expect(await listCachedModels(settings)).toMatchObject([{ sizeBytes: sizeBytes + 500 }]);
  });

  it('is empty without a cache', async () => {
    const { settings } = await setUpHub(files);
    expect(await listCachedModels(settings)).toEqual([]);
  });
});

describe('a cached model', () => {
  it('is deleted with all that belongs to it, and can be downloaded again', async () => {
    const { settings, options, folder } = await setUpCache();
    expect(await deleteCachedModel('org/name', settings)).toMatchObject({ name: 'org/name', sizeBytes });
    expect(existsSync(folder)).toBe(false);
    expect(readdirSync(settings.cacheFolder)).toEqual(['.locks']);
    expect(existsSync(await downloadHubModel(model, settings, options))).toBe(true);
  });

  it('is not deleted while it is being downloaded', async () => {
    const { settings, folder } = await setUpCache();
    const etag = etagOf('config.json', files['config.json']!);
    const lock = await acquireFileLock(join(settings.cacheFolder, '.locks/models--org--name', `${etag}.lock`));
    await expect(deleteCachedModel('org/name', settings)).rejects.toThrow('org/name is being downloaded');
    expect(existsSync(folder)).toBe(true);
    lock.release();
    await deleteCachedModel('org/name', settings);
    expect(existsSync(folder)).toBe(false);
  });

  it('that is not there can not be deleted', async () => {
    const { settings } = await setUpCache();
    for (const name of ['org/other', '..', '../..', ''])
      await expect(deleteCachedModel(name, settings)).rejects.toThrow('is not in the cache');
  });
});
