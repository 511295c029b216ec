/** Loads a checkpoint and says what that took: `npm run report:load -- FOLDER`. Linux only, for its memory figures. */
import { readFileSync } from 'node:fs';
import { loadModel } from '../src/models/load-model.ts';
import { openRuntime } from '../src/runtime/open-runtime.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: report-load FOLDER');

/** Of this process. @param field of smaps_rollup, such as Rss or Anonymous @returns MiB */
function memoryMiB(field: string): number {
  const line = readFileSync('/proc/self/smaps_rollup', 'utf8').match(new RegExp(`^${field}: +(\\d+) kB$`, 'm'));
  return Number(line?.[1]) / 1024;
}

const mib = (value: number) => `${value.toFixed(0)} MiB`;

async function report(prepack: boolean): Promise<void> {
  const runtime = await openRuntime();
  const before = { rss: memoryMiB('Rss'), anonymous: memoryMiB('Anonymous') };
  const began = performance.now();
  const { model, architecture } = await loadModel({
    folder: folder!,
    runtime,
    numSlots: 4,
    maxPositions: 512,
    prepack,
  });
  const loaded = performance.now();
  await model.prefill({ slot: 0, start: 0, tokens: [1, 2, 3, 4], logits: 'last' });
  const answered = performance.now();
  console.log(
    [
      `${architecture}, prepack ${prepack}`,
      `loaded in ${(loaded - began).toFixed(0)} ms`,
      `first prompt of 4 tokens ${(answered - loaded).toFixed(0)} ms`,
      `RSS +${mib(memoryMiB('Rss') - before.rss)}`,
      `of it anonymous +${mib(memoryMiB('Anonymous') - before.anonymous)}`,
    ].join(' · '),
  );
  model.dispose();
  runtime.dispose();
}

await report(process.argv.includes('--prepack'));
