import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { loadModel } from '../../src/models/load-model.ts';
import { openRuntime } from '../../src/runtime/open-runtime.ts';
import { maxDifference, prefill } from './support/generate.ts';
import { fixtureModels, floats } from './support/goldens.ts';
import { copyModel } from './support/model-folder.ts';

const variants = z
  .array(
    z.object({
      name: z.string(),
      base: z.string(),
      config: z.record(z.string(), z.unknown()),
      biases: z.record(z.string(), z.number()),
      ids: z.array(z.number()),
      last_logits: floats,
    }),
  )
  .parse(JSON.parse(readFileSync(path.resolve(fixtureModels, '../variants.json'), 'utf8')));

describe('what a config.json may ask for', () => {
  it.each(variants)('$base with $name: transformers’ logits, in one chunk or many', async (golden) => {
    const copy = copyModel(golden.base);
    copy.changeConfig(golden.config);
    if (Object.keys(golden.biases).length > 0) copy.addTensors('model.safetensors', biases(golden.biases));
    const runtime = await openRuntime({ kind: 'c-api' });
    const { model } = await loadModel({ folder: copy.folder, runtime, numSlots: 1, maxPositions: 128, numThreads: 1 });
    for (const chunkSize of [golden.ids.length, 7, 1])
      expect(maxDifference((await prefill(model, 0, golden.ids, chunkSize)).logits, golden.last_logits)).toBeLessThan(
        1e-4,
      );
    model.dispose();
    runtime.dispose();
    copy.remove();
  });
});

function biases(lengths: Readonly<Record<string, number>>): Record<string, Float32Array> {
  return Object.fromEntries(
    Object.entries(lengths).map(([name, length]) => [
      name,
      Float32Array.from({ length }, (_, index) => Math.sin(index + 1) / 4),
    ]),
  );
}
