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

  it('is looked at by info once it is cached, and not downloaded for it', async () => {
    const { hub, settings } = await setUpHub(files);
    const env = { HF_ENDPOINT: hub.endpoint, HF_HOME: settings.home };
    const { code, stderr } = await runParlance(['info', 'org/name'], { env });
    expect(code).toBe(1);
    expect(stderr).toContain('nothing may be downloaded (this command only looks): run `parlance download org/name`');
    expect(hub.requests).toEqual([]);
    await runParlance(['download', 'org/name'], { env });
    const { stdout } = await runParlance(['info', 'org/name', '--json'], { env });
    expect(JSON.parse(stdout)).toMatchObject({ id: 'org/name', sha: commit, canBeServed: true });
  });
});
