import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ParlanceError } from '../../src/errors/errors.ts';
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
  write('home/.cache/huggingface/hub/models--org--name/refs/main', `${SHA}\n`);
  write('home/.cache/huggingface/hub/models--org--name/refs/refs/pr/2', OTHER_SHA);
  write(`home/.cache/huggingface/hub/models--org--name/snapshots/${SHA}/config.json`);
  write(`home/.cache/huggingface/hub/models--org--name/snapshots/${OTHER_SHA}/config.json`);
  write('home/.cache/huggingface/hub/models--org--half/refs/main', SHA);
  write(`other/hub/models--gpt2/snapshots/${SHA}/config.json`);
  write('other/hub/models--gpt2/refs/main', SHA);
});

afterAll(() => rmSync(root, { recursive: true }));

const source = (options: Partial<ModelSource> = {}): ModelSource => ({
  modelId: undefined,
  modelSetting: '--model-id',
  revision: undefined,
  weightsCacheOverride: undefined,
  cache: { hubCache: undefined, hfHome: undefined, userHome: join(root, 'home') },
  defaults: [
    { folder: join(root, 'opt/ml/model'), id: 'opt' },
    { folder: join(root, 'demo'), id: 'demo' },
  ],
  ...options,
});

function problem(options: Partial<ModelSource>): string {
  try {
    resolveModel(source(options));
  } catch (error) {
    if (error instanceof ParlanceError && error.code === 'invalid_setting') return error.message;
    throw error;
  }
  throw new Error('a model was found');
}

describe('the model that is served', () => {
  it('is the folder that is given, under its name', () => {
    const folder = join(root, 'plain');
    expect(resolveModel(source({ modelId: folder }))).toEqual({ folder, id: folder, sha: null });
  });

  it('is the snapshot of a Hub id in the local cache', () => {
    const snapshots = join(root, 'home/.cache/huggingface/hub/models--org--name/snapshots');
    const inMain = { folder: join(snapshots, SHA), id: 'org/name', sha: SHA };
    expect(resolveModel(source({ modelId: 'org/name' }))).toEqual(inMain);
    expect(resolveModel(source({ modelId: 'org/name', revision: SHA }))).toEqual(inMain);
    expect(resolveModel(source({ modelId: 'org/name', revision: 'refs/pr/2' })).sha).toBe(OTHER_SHA);
  });

  it('is looked for where HF_HOME and HUGGINGFACE_HUB_CACHE say', () => {
    const cache = { hubCache: undefined, hfHome: join(root, 'other'), userHome: '/nowhere' };
    expect(resolveModel(source({ modelId: 'gpt2', cache })).sha).toBe(SHA);
    const hubCache = join(root, 'other/hub');
    expect(resolveModel(source({ modelId: 'gpt2', cache: { ...cache, hfHome: '/nowhere', hubCache } })).sha).toBe(SHA);
  });

  it('comes from WEIGHTS_CACHE_OVERRIDE under the id that is asked for', () => {
    const folder = join(root, 'plain');
    const resolved = resolveModel(source({ modelId: 'some/model', weightsCacheOverride: folder }));
    expect(resolved).toEqual({ folder, id: 'some/model', sha: null });
  });

  it("is SageMaker's where nothing is asked for and it is there, else the bundled one", () => {
    expect(resolveModel(source())).toEqual({ folder: join(root, 'demo'), id: 'demo', sha: null });
    const defaults = [{ folder: join(root, 'plain'), id: 'mounted' }, ...source().defaults];
    expect(resolveModel(source({ defaults })).id).toBe('mounted');
  });
});

describe('a model that is not there', () => {
  it('is named with the cache that was searched and the way out', () => {
    const message = problem({ modelId: 'org/absent', revision: 'v1' });
    expect(message).toContain('--model-id org/absent: there is no such folder');
    expect(message).toContain(`the Hub cache ${join(root, 'home/.cache/huggingface/hub')} has no snapshot`);
    expect(message).toContain('at revision v1');
    expect(problem({ modelId: 'org/absent', modelSetting: 'HF_MODEL_ID' })).toMatch(/^HF_MODEL_ID org\/absent: /);
    expect(message).toContain('parlance serve --model-id ./model');
  });

  it.each([
    ['a snapshot that was not downloaded whole', 'org/half', /has no snapshot of it/],
    ['a path that does not exist', './absent', /there is no such folder$/],
    ['something that is no id', 'a/b/c', /neither a folder nor a model id/],
    ['an id that climbs out of the cache', 'org/..', /neither a folder nor a model id/],
  ])('is refused: %s', (_, modelId, message) => {
    expect(problem({ modelId })).toMatch(message);
  });

  it('is refused where the folder is none of a checkpoint', () => {
    expect(problem({ modelId: join(root, 'empty') })).toMatch(/holds no config\.json/);
    expect(problem({ modelId: join(root, 'empty/readme.md') })).toMatch(/is a file; give the folder/);
    expect(problem({ weightsCacheOverride: join(root, 'gone') })).toMatch(/^WEIGHTS_CACHE_OVERRIDE .*no such folder/);
  });

  it('is refused where a revision climbs out of the cache', () => {
    expect(problem({ modelId: 'org/name', revision: `../../models--org--name/snapshots/${SHA}` })).toMatch(
      /no snapshot/,
    );
  });

  it('is refused where nothing is asked for and nothing is bundled', () => {
    const defaults = [{ folder: '/absent', id: 'x' }];
    expect(problem({ defaults })).toBe(
      'no model: give a checkpoint folder by --model-id (none of /absent holds a config.json)',
    );
  });
});
