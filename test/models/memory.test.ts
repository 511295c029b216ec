import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { loadModel } from '../../src/models/load-model.ts';
import { openRuntime } from '../../src/runtime/open-runtime.ts';
import { fixtureModels } from './support/goldens.ts';

const MiB = 2 ** 20;
const numSlots = 64;
const runtime = await openRuntime({ kind: 'c-api' });
afterAll(() => runtime.dispose());

/** Of this process: what malloc and anonymous mappings hold, without files and shared libraries. */
function anonymousBytes(): number {
  const [, kibibytes] = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))!;
  return Number(kibibytes) * 1024;
}

describe('the memory of a model', () => {
  it('is not taken by slots until they are written, and comes back when they are trimmed', async () => {
    const folder = path.join(fixtureModels, 'llama2-mha');
    const before = anonymousBytes();
    // 2 · 3 layers · 64 slots · 64 numbers · 2^18 positions: 24 GiB of address space.
    const { model } = await loadModel({ folder, runtime, numSlots, maxPositions: 2 ** 18, numThreads: 1 });
    const loaded = anonymousBytes();
    expect(loaded - before).toBeLessThan(256 * MiB);
    const tokens = Array.from({ length: 512 }, (_, index) => index);
    for (let slot = 0; slot < 32; slot++) await model.prefill({ slot, start: 0, tokens, logits: 'none' });
    const written = anonymousBytes();
    expect(written - loaded).toBeGreaterThan(22 * MiB);
    for (let slot = 0; slot < 32; slot++) model.trimSlot(slot, 8);
    expect(written - anonymousBytes()).toBeGreaterThan(18 * MiB);
    model.dispose();
  });

  it('does not grow with the number of runs, once each shape was seen', async () => {
    const folder = path.join(fixtureModels, 'qwen3');
    const { model } = await loadModel({ folder, runtime, numSlots, maxPositions: 256, numThreads: 1 });
    const round = async () => {
      for (let size = 1; size <= numSlots; size += 7) {
        const tokens = Array.from({ length: size }, (_, index) => index);
        await model.prefill({ slot: size - 1, start: 0, tokens, logits: 'all' });
        await model.decode(tokens, tokens);
      }
    };
    for (let warmUp = 0; warmUp < 5; warmUp++) await round();
    const before = anonymousBytes();
    for (let run = 0; run < 20; run++) await round();
    const grown = anonymousBytes() - before;
    process.stdout.write(`400 runs in 10 shapes grew memory by ${(grown / MiB).toFixed(1)} MiB\n`);
    expect(grown).toBeLessThan(24 * MiB);
    model.dispose();
  });
});
