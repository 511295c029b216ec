import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ParlanceError } from '../../src/errors/errors.ts';
import { readHubSettings } from '../../src/hub/hub-settings.ts';
import { type ModelSource, resolveModel } from '../../src/hub/resolve-model.ts';

const SHA = 'a'.repeat(40);
const OTHER_SHA = 'b'.repeat(40);
let root: string;

function write(path: string, content = '{}'): void {
  const file = join(root, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'parlance-hub-'));
  write('plain/config.json');
  write('empty/readme.md');
  write('demo/config.json');
  const hub = 'home/.cache/huggingface/hub';
  write(`${hub}/models--org--name/refs/main`, `${SHA}\n`);
  write(`${hub}/models--org--name/refs/refs/pr/2`, OTHER_SHA);
  for (const sha of [SHA, OTHER_SHA])
    for (const file of ['config.json', 'model.safetensors']) write(`${hub}/models--org--name/snapshots/${sha}/${file}`);
  write(`${hub}/models--org--half/refs/main`, SHA);
  write(`${hub}/models--org--half/snapshots/${SHA}/config.json`);
  for (const file of ['config.json', 'model.safetensors']) write(`other/hub/models--gpt2/snapshots/${SHA}/${file}`);
  write('other/hub/models--gpt2/refs/main', SHA);
});

afterAll(() => rmSync(root, { recursive: true }));

const offline = (environment: Record<string, string>) =>
  readHubSettings({ HOME: join(root, 'home'), HF_HUB_OFFLINE: '1', ...environment });

const source = (options: Partial<ModelSource> = {}): ModelSource => ({
  modelId: undefined,
  modelSetting: '--model-id',
  revision: undefined,
  weightsCacheOverride: undefined,
  hub: offline({}),
  defaults: [
    { folder: join(root, 'opt/ml/model'), id: 'opt' },
    { folder: join(root, 'demo'), id: 'demo' },
  ],
  ...options,
});

async function problem(options: Partial<ModelSource>): Promise<string> {
  try {
    await resolveModel(source(options));
  } catch (error) {
    if (error instanceof ParlanceError && error.code === 'invalid_setting') return error.message;
    throw error;
  }
  throw new Error('a model was found');
}

describe('the model that is served', () => {
  it('is the folder that is given, under its name', async () => {
    const folder = join(root, 'plain');
    expect(await resolveModel(source({ modelId: folder }))).toEqual({ folder, id: folder, sha: null });
  });

  it('is the snapshot of a Hub id in the local cache', async () => {
    const snapshots = join(root, 'home/.cache/huggingface/hub/models--org--name/snapshots');
    const inMain = { folder: join(snapshots, SHA), id: 'org/name', sha: SHA };
    expect(await resolveModel(source({ modelId: 'org/name' }))).toEqual(inMain);
    expect(await resolveModel(source({ modelId: 'org/name', revision: SHA }))).toEqual(inMain);
    expect((await resolveModel(source({ modelId: 'org/name', revision: 'refs/pr/2' }))).sha).toBe(OTHER_SHA);
  });

  it('is looked for where HF_HOME, HF_HUB_CACHE and HUGGINGFACE_HUB_CACHE say', async () => {
    const places = [
      { HF_HOME: join(root, 'other') },
      { HF_HOME: '/nowhere', HF_HUB_CACHE: join(root, 'other/hub') },
      { HF_HOME: '/nowhere', HUGGINGFACE_HUB_CACHE: join(root, 'other/hub') },
    ];
    for (const environment of places)
      expect((await resolveModel(source({ modelId: 'gpt2', hub: offline(environment) }))).sha).toBe(SHA);
  });

  it('comes from WEIGHTS_CACHE_OVERRIDE under the id that is asked for', async () => {
    const folder = join(root, 'plain');
    const resolved = await resolveModel(source({ modelId: 'some/model', weightsCacheOverride: folder }));
    expect(resolved).toEqual({ folder, id: 'some/model', sha: null });
  });

  it("is SageMaker's where nothing is asked for and it is there, else the bundled one", async () => {
    expect(await resolveModel(source())).toEqual({ folder: join(root, 'demo'), id: 'demo', sha: null });
    const defaults = [{ folder: join(root, 'plain'), id: 'mounted' }, ...source().defaults];
    expect((await resolveModel(source({ defaults }))).id).toBe('mounted');
  });
});

describe('a model that is not there', () => {
  it('is named with the cache that was searched and the way out', async () => {
    expect(await problem({ modelId: 'org/absent', revision: 'v1' })).toBe(
      `org/absent (revision v1) is not in ${join(root, 'home/.cache/huggingface/hub')}, or not whole, and nothing may be ` +
        'downloaded (HF_HUB_OFFLINE is set): run `parlance download org/absent` first, where the network is',
    );
  });

  it.each([
    ['a snapshot that was not downloaded whole', 'org/half', /^org\/half .* or not whole/],
    ['a path that does not exist', './absent', /^--model-id \.\/absent: there is no such folder$/],
    ['something that is no id', 'a/b/c', /neither a folder nor a model id/],
    ['an id that climbs out of the cache', 'org/..', /neither a folder nor a model id/],
    ['a place in S3 that is not in the cache', 's3://bucket/prefix', /^s3:\/\/bucket\/prefix is not in .*parlance\/s3/],
  ])('is refused: %s', async (_, modelId, message) => {
    expect(await problem({ modelId })).toMatch(message);
  });

  it('is refused where the folder is none of a checkpoint', async () => {
    expect(await problem({ modelId: join(root, 'empty') })).toMatch(/holds no config\.json/);
    expect(await problem({ modelId: join(root, 'empty/readme.md') })).toMatch(/is a file; give the folder/);
    const override = { weightsCacheOverride: join(root, 'gone') };
    expect(await problem(override)).toMatch(/^WEIGHTS_CACHE_OVERRIDE .*no such folder/);
  });

  it('is refused where a revision climbs out of the cache', async () => {
    const revision = `../../models--org--name/snapshots/${SHA}`;
    expect(await problem({ modelId: 'org/name', revision })).toMatch(/is no revision/);
  });

  it('is refused where S3 is asked for a revision', async () => {
    expect(await problem({ modelId: 's3://bucket/prefix', revision: 'v1' })).toMatch(/has none: leave it out/);
  });

  it('is refused where nothing is asked for and nothing is bundled', async () => {
    expect(await problem({ defaults: [{ folder: '/absent', id: 'x' }] })).toBe(
      'no model: give a checkpoint folder by --model-id (none of /absent holds a config.json)',
    );
  });
});
