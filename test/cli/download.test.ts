import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { neededOf, shardedModel } from '../hub/support/checkpoint-files.ts';
import { commit, contentsOf, setUpHub } from '../hub/support/hub-setup.ts';
import { runParlance } from './support/run-parlance.ts';

const files = shardedModel(1000);

async function setUp() {
  const { hub, settings } = await setUpHub(files);
  const env = { HF_ENDPOINT: hub.endpoint, HF_HOME: settings.home };
  const run = (...args: string[]) => runParlance(args, { env });
  return { hub, run, folder: join(settings.cacheFolder, 'models--org--name/snapshots', commit) };
}

describe('parlance download', () => {
  it('downloads a model and prints its folder', async () => {
    const { run, folder } = await setUp();
    expect(await run('download', 'org/name')).toEqual({ code: 0, stdout: `${folder}\n`, stderr: '' });
    expect(Object.keys(await contentsOf(folder)).sort()).toEqual(neededOf(files).sort());
  });

  it('prints JSON for programs, of the revision that is asked for', async () => {
    const { run, folder } = await setUp();
    const { stdout } = await run('download', 'org/name', '--revision', commit, '--json');
    expect(JSON.parse(stdout)).toEqual({ model: 'org/name', commit, folder });
  });

  it('says in one line what is wrong', async () => {
    const { run } = await setUp();
    const missing = await run('download', 'org/other');
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toMatch(/^error: there is no model org\/other on .*\n$/);
  });

  it('warns of what it has to try again', async () => {
    const { hub, run } = await setUp();
    hub.fail({ host: 'storage', path: /storage/, times: 1, effect: { kind: 'status', status: 503 } });
    const { code, stderr } = await run('download', 'org/name');
    expect(code).toBe(0);
    expect(stderr).toMatch(/answered 503; trying again in 0\.\d s/);
  });
});

describe('parlance models', () => {
  it('lists what is cached, and deletes it', async () => {
    const { run, folder } = await setUp();
    expect((await run('models')).stdout).toMatch(/^no models in .*hub\n$/);
    await run('download', 'org/name');
    const [head, row, end] = (await run('models')).stdout.split('\n');
    expect(head).toMatch(/^MODEL {5}SIZE +LAST USED {3}REVISIONS$/);
    expect(row).toMatch(/^org\/name {2}[\d.]+ KiB {2}\d{4}-\d\d-\d\d {2}main$/);
    expect(end).toBe('');
    expect((await run('models', 'delete', 'org/name')).stdout).toMatch(/^deleted org\/name: [\d.]+ KiB freed\n$/);
    expect(existsSync(folder)).toBe(false);
    expect(await run('models', 'delete', 'org/name')).toMatchObject({
      code: 1,
      stderr: 'error: org/name is not in the cache: `parlance models` lists what is\n',
    });
  });

  it('lists for programs with --json', async () => {
    const { run } = await setUp();
    expect(JSON.parse((await run('models', '--json')).stdout)).toEqual({ models: [] });
    await run('download', 'org/name');
    expect(JSON.parse((await run('models', '--json')).stdout)).toEqual({
      models: [
        {
          name: 'org/name',
          folder: expect.stringMatching(/models--org--name$/),
          sizeBytes: neededOf(files).reduce((sum, path) => sum + files[path]!.length, 0),
          lastUsed: expect.stringMatching(/^\d{4}-.*Z$/),
          snapshots: [{ commit, revisions: ['main'], isComplete: true }],
        },
      ],
    });
    expect(JSON.parse((await run('models', 'delete', 'org/name', '--json')).stdout)).toMatchObject({
      name: 'org/name',
    });
  });
});
