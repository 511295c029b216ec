import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { StandInHub } from '../../../test/hub/support/stand-in-hub.ts';
import { check } from '../check.ts';
import { type Container, HOST_FLAGS, runCommand, stop, untilHealthy } from '../containers.ts';
import { modelFiles, modelFolder } from '../fixture.ts';
import { podman } from '../podman.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const PAGES = ['docs/container.md', 'README.md'];
const PORT = 8215;
const COMMIT = 'd'.repeat(40);
const HUB_MODEL = /HF_MODEL_ID=(\S+)|--model-id (\S+\/\S+)/;

/** The lines of a page's shell blocks that begin with a word, continued lines joined. */
function linesOf(page: string, word: string): string[] {
  const blocks = [...page.matchAll(/^```(?:sh|bash)?\n([\s\S]*?)^```/gm)].map(([, block]) => block!);
  const lines = blocks.flatMap((block) => block.replaceAll(/\\\n\s*/g, ' ').split('\n'));
  return lines.map((line) => line.trim()).filter((line) => line.startsWith(`${word} `));
}

/** `docker run` as it is written, but by podman, on the host's network, and with a Hub that can be reached here. */
function runAsWritten(line: string, { image, hub, folder }: { image: string; hub: string; folder: string }): Container {
  const name = `parlance-documented-${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
  const words = line.replaceAll('$PWD', folder).split(/\s+/).slice(2);
  const args = words.flatMap((word, i) => {
    if (word === '-p' || words[i - 1] === '-p' || word === '--gpus' || words[i - 1] === '--gpus') return [];
    return [word === 'parlance' ? image : word];
  });
  const here = ['--rm', '--name', name, ...HOST_FLAGS, '--env', `PORT=${PORT}`, '--env', `HF_ENDPOINT=${hub}`];
  return runCommand(name, ['run', ...here, ...args]);
}

/** The `docker run` lines of the documentation start servers, which the `curl` lines of that page then ask. */
export async function checkDocumented(image: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'parlance-documented-'));
  cpSync(modelFolder, join(folder, 'model'), { recursive: true });
  let numLines = 0;
  for (const file of PAGES) {
    const page = readFileSync(join(ROOT, file), 'utf8');
    const curls = linesOf(page, 'curl').filter((line) => line.includes('localhost:8080'));
    for (const line of linesOf(page, 'docker').filter(
      (one) => one.startsWith('docker run') && !one.includes('--gpus'),
    )) {
      numLines += 1;
      await check(`${file}: ${line}`, async () => {
        const model =
          HUB_MODEL.exec(line)
            ?.slice(1)
            .find((id) => id !== undefined) ?? 'org/name';
        const hub = await StandInHub.start({
          id: model,
          commits: { [COMMIT]: modelFiles },
          branches: { main: COMMIT },
        });
        const container = runAsWritten(line, { image, hub: hub.endpoint, folder });
        await untilHealthy(container, PORT);
        for (const curl of curls) {
          const command = `${curl.replaceAll('localhost:8080', `localhost:${PORT}`)} --silent --show-error --fail-with-body`;
          const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
          assert.equal(status, 0, `${curl}: ${stdout} ${stderr}`);
        }
        assert.equal((await stop(container)).code, 0);
        await hub.stop();
      });
    }
  }
  await check('the documentation has lines to run', () => assert.ok(numLines >= 3, `${numLines} lines`));
  podman('volume', 'prune', '--force');
  rmSync(folder, { recursive: true });
}
