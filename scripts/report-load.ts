/** Loads a checkpoint and says what that took: `npm run report:load -- FOLDER [--prepack] [--quantize int4]`. Linux only,
 * for its memory figures. Packing needs a build. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadModel } from '../src/models/load-model.ts';
import { quantisations } from '../src/models/quantise/quantisation.ts';
import { openRuntime } from '../src/runtime/open-runtime.ts';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { prepack: { type: 'boolean', default: false }, quantize: { type: 'string' } },
});
const [folder] = positionals;
const quantisation = quantisations.find((known) => known === flags.quantize);
if (folder === undefined || (flags.quantize !== undefined && quantisation === undefined))
  throw new Error(`usage: report-load FOLDER [--prepack] [--quantize ${quantisations.join('|')}]`);

/** Of this process. @param field of smaps_rollup, such as Rss or Anonymous @returns MiB */
function memoryMiB(field: string): number {
  const line = readFileSync('/proc/self/smaps_rollup', 'utf8').match(new RegExp(`^${field}: +(\\d+) kB$`, 'm'));
  return Number(line?.[1]) / 1024;
}

/** The most that this process ever had resident, in MiB. */
const peakMiB = () => Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;

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
    ...(quantisation && { quantisation }),
  });
  const loaded = performance.now();
  await model.prefill({ slot: 0, start: 0, tokens: [1, 2, 3, 4], logits: 'last' });
  const answered = performance.now();
  console.log(
    [
      `${architecture}, ${quantisation ?? `prepack ${prepack}`}`,
      `loaded in ${(loaded - began).toFixed(0)} ms`,
      `first prompt of 4 tokens ${(answered - loaded).toFixed(0)} ms`,
      `RSS +${mib(memoryMiB('Rss') - before.rss)}`,
      `of it anonymous +${mib(memoryMiB('Anonymous') - before.anonymous)}`,
      `peak RSS ${mib(peakMiB())}`,
    ].join(' · '),
  );
  model.dispose();
  runtime.dispose();
}

// Packed weights are made to be multiplied in the kernels' own order.
await report(flags.prepack || quantisation !== undefined);
