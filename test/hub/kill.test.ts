import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { downloadHubModel } from '../../src/hub/download-hub-model.ts';
import { readHubSettings } from '../../src/hub/hub-settings.ts';
import { workerEntry } from '../../src/system/worker-entry.ts';
import { neededOf, shardedModel } from './support/checkpoint-files.ts';
import { commit, contentsOf, model, setUpHub, temporaryFolder } from './support/hub-setup.ts';

const files = shardedModel(700_000);
const numKills = 20;
/** Less than a shard takes at a pause of a millisecond after each 16 kB. */
const weightsMs = 40;

/** A process of its own that downloads the model and ends. */
function startDownload(environment: Record<string, string>) {
  const built = (path: string) => JSON.stringify(pathToFileURL(workerEntry(path)).href);
  const program = `
    const { downloadHubModel } = await import(${built('hub/download-hub-model')});
    const { readHubSettings } = await import(${built('hub/hub-settings')});
    await downloadHubModel(${JSON.stringify(model)}, readHubSettings(process.env));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  return { child, ended };
}

/** What a snapshot shows must be what the Hub has, at any moment. */
async function expectNothingCorrupt(snapshots: string): Promise<void> {
  if (!existsSync(snapshots)) return;
  for (const [path, content] of Object.entries(await contentsOf(snapshots)))
    expect([path, content.equals(files[path.slice(commit.length + 1)]!)]).toEqual([path, true]);
}

describe('a process that is killed while it downloads', () => {
  it(`leaves nothing corrupt behind, ${numKills} times, and the next one completes what it began`, async () => {
    const { hub, options } = await setUpHub(files);
    hub.pieceDelayMs = 1;
    const fresh = () => ({ HF_ENDPOINT: hub.endpoint, HF_HOME: temporaryFolder() });
    const started = performance.now();
    expect(await startDownload(fresh()).ended).toBe(0);
    const wholeMs = performance.now() - started;

    let numPartial = 0;
    for (let kill = 0; kill < numKills; kill++) {
      const environment = fresh();
      const cache = join(environment.HF_HOME, 'hub/models--org--name');
      const { child, ended } = startDownload(environment);
      // Half of them at one moment out of each tenth of a download, and half while weights arrive.
      const die = () => child.kill('SIGKILL');
      if (kill % 2 === 0) setTimeout(die, ((kill + 2 * Math.random()) / numKills) * wholeMs);
      else hub.onRequest = ({ host }) => host === 'storage' && setTimeout(die, Math.random() * weightsMs);
      await ended;
      hub.onRequest = () => {};
      await expectNothingCorrupt(join(cache, 'snapshots'));
      if (existsSync(join(cache, 'blobs')) && readdirSync(join(cache, 'blobs')).some((name) => /incomplete/.test(name)))
        numPartial++;
      const folder = await downloadHubModel(model, readHubSettings(environment), options);
      await expectNothingCorrupt(join(cache, 'snapshots'));
      expect(Object.keys(await contentsOf(folder)).sort()).toEqual(neededOf(files).sort());
      expect(readdirSync(join(cache, 'blobs')).filter((name) => /incomplete/.test(name))).toEqual([]);
    }
    expect(numPartial).toBeGreaterThan(0);
  });
});
