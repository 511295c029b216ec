/** Times quantised weights against float32 ones in the same run, in processor time on one thread, and prints the ratios.
 *
 *     npx tsx scripts/bench/quantise.ts FOLDER [--modes int8,int4,w8a8] [--rounds 5]
 *
 * Rounds are interleaved and the fastest counts, so that what else runs on the machine weighs on all alike. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CausalModel } from '../../src/models/causal-model.ts';
import { loadModel } from '../../src/models/load-model.ts';
import { type Quantisation, quantisations } from '../../src/models/quantise/quantisation.ts';
import { openRuntime } from '../../src/runtime/open-runtime.ts';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    modes: { type: 'string', default: quantisations.join(',') },
    rounds: { type: 'string', default: '5' },
  },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('usage: quantise.ts FOLDER');

const context = 128;
const prompt = Array.from({ length: 512 }, (_, index) => 3 + (index % 1000));

const cases: Readonly<Record<string, (model: CausalModel) => Promise<unknown>>> = {
  'decode 1': (model) => decode(model, 1),
  'decode 4': (model) => decode(model, 4),
  'decode 16': (model) => decode(model, 16),
  'prefill 512': async (model) => {
    for (let start = 0; start < prompt.length; start += 128)
      await model.prefill({ slot: 0, start, tokens: prompt.slice(start, start + 128), logits: 'last' });
  },
};

function decode(model: CausalModel, batch: number) {
  const rows = Array.from({ length: batch }, (_, row) => row);
  return model.decode(
    rows.map((row) => row + 3),
    rows.map(() => context),
  );
}

const runtime = await openRuntime();
const cacheFolder = mkdtempSync(join(tmpdir(), 'parlance-bench-'));
const models = new Map<string, CausalModel>();
for (const mode of ['float32', ...flags.modes.split(',')]) {
  const { model } = await loadModel({
    folder,
    runtime,
    numSlots: 16,
    maxPositions: 640,
    numThreads: 1,
    cacheFolder,
    ...(mode !== 'float32' && { quantisation: mode as Quantisation }),
  });
  for (let slot = 0; slot < 16; slot++)
    await model.prefill({ slot, start: 0, tokens: prompt.slice(0, context), logits: 'none' });
  models.set(mode, model);
}

const fastest = new Map<string, number>();
for (let round = 0; round < Number(flags.rounds); round++)
  for (const [name, run] of Object.entries(cases))
    for (const [mode, model] of models) {
      const began = process.cpuUsage();
      await run(model);
      const key = `${mode} ${name}`;
      const { user, system } = process.cpuUsage(began);
      fastest.set(key, Math.min(fastest.get(key) ?? Number.POSITIVE_INFINITY, (user + system) / 1000));
    }

const row = (cells: readonly string[]) => console.log(cells.map((cell) => cell.padStart(12)).join(''));
row(['', ...Object.keys(cases)]);
for (const mode of models.keys())
  row([
    mode,
    ...Object.keys(cases).map((name) => {
      const [mine, theirs] = [fastest.get(`${mode} ${name}`)!, fastest.get(`float32 ${name}`)!];
      return mode === 'float32' ? `${mine.toFixed(1)} ms` : `${(theirs / mine).toFixed(2)} x`;
    }),
  ]);
for (const model of models.values()) model.dispose();
runtime.dispose();
rmSync(cacheFolder, { recursive: true });
