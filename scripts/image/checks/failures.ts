import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from '../check.ts';
import { type ContainerOptions, runContainer } from '../containers.ts';
import { modelFolder } from '../fixture.ts';

/** A copy of the fixture with something wrong. */
function brokenModel(name: string, spoil: (folder: string) => void): string {
  const folder = mkdtempSync(join(tmpdir(), `parlance-${name}-`));
  cpSync(modelFolder, folder, { recursive: true });
  spoil(folder);
  return folder;
}

/** Starts that can't succeed: each is told in one line, and in the exit code. */
export async function checkFailures(image: string): Promise<void> {
  const spoilt = {
    'without weights': brokenModel('weights', (folder) => rmSync(join(folder, 'model-00002-of-00003.safetensors'))),
    'with a cut file': brokenModel('cut', (folder) =>
      truncateSync(join(folder, 'model-00001-of-00003.safetensors'), 5000),
    ),
    'with a config.json that is none': brokenModel('config', (folder) =>
      writeFileSync(join(folder, 'config.json'), '{'),
    ),
    'without a tokenizer': brokenModel('tokenizer', (folder) => rmSync(join(folder, 'tokenizer.json'))),
  };
  const starts: Readonly<Record<string, Omit<ContainerOptions, 'image'>>> = {
    'an unknown command': { args: ['frobnicate'] },
    'an unknown flag': { args: ['serve', '--frobnicate'] },
    'a bad value': { args: ['serve', '--port', 'abc'] },
    'a bad variable': { env: { MAX_TOTAL_TOKENS: 'many' }, args: ['serve'] },
    'a model that is nowhere': { args: ['serve', '--model-id', '/nowhere'] },
    ...Object.fromEntries(
      Object.entries(spoilt).map(([name, folder]) => [`a model ${name}`, { mounts: { '/opt/ml/model': folder } }]),
    ),
  };
  for (const [name, options] of Object.entries(starts)) {
    await check(`${name} ends the start in one line`, async () => {
      const { code, stderr } = await runContainer({ image, env: { PORT: '8213' }, ...options }).ended;
      assert.notEqual(code, 0);
      const lines = stderr.trim().split('\n');
      console.log(`     ${lines[0]}`);
      assert.equal(lines.length, 1, stderr);
      assert.match(lines[0]!, /^error: .{10,}/);
    });
  }
  for (const folder of Object.values(spoilt)) rmSync(folder, { recursive: true });
}
