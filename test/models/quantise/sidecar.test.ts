import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { quantiseInPlace } from '../../../src/models/quantise/quantise-folder.ts';
import { workerEntry } from '../../../src/system/worker-entry.ts';

const demoModel = path.resolve(import.meta.dirname, '../../../demo-model');
const numKills = 20;
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function temporary(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'parlance-sidecar-'));
  folders.push(folder);
  return folder;
}

/** A copy whose files have the times of the original, so that its packed weights get the same name. */
function demoCopy(): string {
  const folder = path.join(temporary(), 'model');
  cpSync(demoModel, folder, {
    recursive: true,
    preserveTimestamps: true,
    filter: (file) => !file.includes('.parlance'),
  });
  return folder;
}

const pack = async (folder: string, cacheFolder = temporary(), onProgress = (_: number) => {}) => {
  await quantiseInPlace({ folder, quantisation: 'int4', cacheFolder, numWorkers: 1, onProgress, onNote: () => {} });
};
const filesOf = (folder: string) => (existsSync(folder) ? readdirSync(folder).sort() : []);
const packedFiles = (folder: string) => filesOf(folder).filter((name) => name.endsWith('.safetensors'));
const contentOf = (folder: string) => {
  const home = path.join(folder, '.parlance');
  return packedFiles(home).map((name) => [name, readFileSync(path.join(home, name)).toString('base64')]);
};

/** A process of its own that packs the weights and ends. */
function startPacking(folder: string) {
  const program = `
    const { quantiseInPlace } = await import(${JSON.stringify(pathToFileURL(workerEntry('models/quantise/quantise-folder')).href)});
    let packed = false;
    await quantiseInPlace({ folder: ${JSON.stringify(folder)}, quantisation: 'int4', cacheFolder: '/nonexistent',
      numWorkers: 1, onProgress: () => { packed = true; }, onNote: () => {} });
    process.stdout.write(packed ? 'packed' : 'found');`;
  // Worker threads inherit the flags of a program that is given as text, and refuse them.
  const file = path.join(temporary(), 'pack.mjs');
  writeFileSync(file, program);
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  const ended = new Promise<{ code: number | null; output: string }>((done) =>
    child.once('close', (code) => done({ code, output })),
  );
  return { child, ended };
}

async function untilBegun(folder: string, child: ReturnType<typeof startPacking>['child']): Promise<void> {
  const begun = () => filesOf(path.join(folder, '.parlance')).includes('int4.incomplete');
  while (!begun() && child.exitCode === null) await new Promise((resolve) => setImmediate(resolve));
}

describe('packed weights', () => {
  it('are written once and found from then on', async () => {
    const folder = demoCopy();
    let numReports = 0;
    await pack(folder, undefined, () => numReports++);
    const written = contentOf(folder);
    expect(written).toHaveLength(1);
    expect(numReports).toBeGreaterThan(0);
    await pack(folder, undefined, () => expect('packing').toBe('not done again'));
    expect(contentOf(folder)).toEqual(written);
  });

  it('are made anew once the checkpoint has changed, and the old ones go', async () => {
    const folder = demoCopy();
    await pack(folder);
    const [[before]] = contentOf(folder) as [[string, string]];
    const file = path.join(folder, 'model.safetensors');
    const { atime, mtime } = statSync(file);
    const bytes = readFileSync(file);
    // As large and as old as before: only what is in it tells.
    for (let index = bytes.length >> 1; index < bytes.length; index++) bytes[index]! ^= index & 1 ? 0x80 : 0;
    writeFileSync(file, bytes);
    utimesSync(file, atime, mtime);
    await pack(folder);
    const after = contentOf(folder);
    expect(after).toHaveLength(1);
    expect(after[0]![0]).not.toBe(before);
  });

  it('are made anew where their file was cut short', async () => {
    const folder = demoCopy();
    await pack(folder);
    const whole = contentOf(folder);
    const file = path.join(folder, '.parlance', packedFiles(path.join(folder, '.parlance'))[0]!);
    writeFileSync(file, readFileSync(file).subarray(0, -100));
    await pack(folder);
    expect(contentOf(folder)).toEqual(whole);
  });

  it('go into the cache folder where the model’s own can’t be written', async () => {
    const folder = demoCopy();
    // A file in the place of the folder keeps even root from writing there.
    writeFileSync(path.join(folder, '.parlance'), '');
    const cache = temporary();
    await pack(folder, cache);
    const [home] = readdirSync(cache);
    expect(packedFiles(path.join(cache, home!))).toHaveLength(1);
    await pack(folder, cache, () => expect('packing').toBe('not done again'));
  });

  it('are refused with what stands in the way where they can go nowhere', async () => {
    const folder = demoCopy();
    writeFileSync(path.join(folder, '.parlance'), '');
    await expect(pack(folder, '/dev/null/cache')).rejects.toThrow(
      /^there is nowhere to keep the packed weights: .*\.parlance can't be written .*; \/dev\/null\/cache\/\w+ can't be written .*HF_HOME/,
    );
  });

  it('are packed by one of two processes that start at once', async () => {
    const folder = demoCopy();
    const both = [startPacking(folder), startPacking(folder)];
    const outputs = (await Promise.all(both.map(({ ended }) => ended))).map(({ output }) => output);
    expect(outputs.sort()).toEqual(['found', 'packed']);
    expect(packedFiles(path.join(folder, '.parlance'))).toHaveLength(1);
  });

  it(`are whole or absent after each of ${numKills} kills, and the next start completes them`, async () => {
    const source = demoCopy();
    await pack(source);
    const whole = contentOf(source);
    const started = performance.now();
    await startPacking(demoCopy()).ended;
    const wholeMs = performance.now() - started;
    let numPartial = 0;
    for (let kill = 0; kill < numKills; kill++) {
      const folder = demoCopy();
      const { child, ended } = startPacking(folder);
      const die = () => child.kill('SIGKILL');
      // Half of them at any moment, half while weights are written.
      if (kill % 2 === 0) setTimeout(die, Math.random() * wholeMs);
      else {
        await untilBegun(folder, child);
        setTimeout(die, Math.random() * 30);
      }
      await ended;
      if (filesOf(path.join(folder, '.parlance')).includes('int4.incomplete')) numPartial += 1;
      const left = contentOf(folder);
      if (left.length > 0) expect(left).toEqual(whole);
      await pack(folder);
      expect(contentOf(folder)).toEqual(whole);
      expect(filesOf(path.join(folder, '.parlance'))).toEqual([...whole.map(([name]) => name), 'int4.lock']);
    }
    process.stdout.write(`${numPartial} of ${numKills} kills left a file half written\n`);
    expect(numPartial).toBeGreaterThan(0);
  }, 300_000);
});
