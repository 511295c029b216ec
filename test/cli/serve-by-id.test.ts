import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { commit, setUpHub } from '../hub/support/hub-setup.ts';
import { serve } from '../support/serve.ts';
import { FIXTURES, runParlance } from './support/run-parlance.ts';

const folder = join(FIXTURES, 'llama3-tied');
const files = Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));

describe('a model that is asked for by its id', () => {
  it('is downloaded and served, and the next start needs no network', async () => {
    const { hub, settings } = await setUpHub(files, { tokens: ['secret'] });
    const env = { HF_ENDPOINT: hub.endpoint, HF_HOME: settings.home, HF_TOKEN: 'secret' };
    const served = await serve(['--model-id', 'org/name'], env);
    const info = await (await fetch(`${served.base}/info`)).json();
    const log = served.log();
    expect(await served.stop()).toBe(0);
    expect(info).toMatchObject({ model_id: 'org/name', model_sha: commit });
    expect(log).toContain('downloading org/name');
    expect(log).not.toContain('secret');

    await hub.stop();
    const generated = await runParlance(['generate', '--model-id', 'org/name', 'Hello'], {
      env: { ...env, HF_HUB_OFFLINE: '1' },
    });
    expect(generated).toMatchObject({ code: 0, stderr: '' });
  });

  it('is looked at by info before it is downloaded and after, with the same answer', async () => {
    const { hub, settings } = await setUpHub(files);
    const env = { HF_ENDPOINT: hub.endpoint, HF_HOME: settings.home };
    const describe = async () => {
      const {
        memory: _,
        folder: __,
        isDownloaded,
        ...described
      } = JSON.parse((await runParlance(['info', 'org/name', '--json'], { env })).stdout);
      return { isDownloaded, described };
    };
    const before = await describe();
    expect(before).toMatchObject({
      isDownloaded: false,
      described: { id: 'org/name', sha: commit, canBeServed: true },
    });
    await runParlance(['download', 'org/name'], { env });
    await hub.stop();
    expect(await describe()).toEqual({ ...before, isDownloaded: true });
  });
});
