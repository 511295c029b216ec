import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { configFile } from '../../src/models/config-file.ts';
import { loadModel } from '../../src/models/load-model.ts';
import { ropeSchema } from '../../src/models/rope-config.ts';
import { rotaryRows } from '../../src/models/rotary-rows.ts';
import { openRuntime } from '../../src/runtime/open-runtime.ts';
import { maxDifference, prefill } from './support/generate.ts';
import { fixtureModels, floats } from './support/goldens.ts';

const config = z.looseObject({ max_position_embeddings: z.number() });

const fixture = z
  .object({
    tables: z.array(
      z.object({
        name: z.string(),
        config,
        sequence_length: z.number(),
        positions: z.array(z.number()),
        cos: z.array(z.array(z.number())),
        sin: z.array(z.array(z.number())),
      }),
    ),
    models: z.array(z.object({ name: z.string(), config, ids: z.array(z.number()), last_logits: floats })),
  })
  .parse(JSON.parse(readFileSync(path.resolve(fixtureModels, '../rope-scaling.json'), 'utf8')));

describe('rotary tables', () => {
  it.each(fixture.tables)('are transformers’ for $name at $sequence_length positions', (golden) => {
    const rope = configFile('config.json', golden.config).parse(ropeSchema);
    const shape = { ...rope, rotaryDim: 32, trainedPositions: golden.config.max_position_embeddings };
    const places = golden.positions.map((position) => ({ position, sequenceLength: golden.sequence_length }));
    const { cos, sin } = rotaryRows(shape, places);
    // Float32 has 6e-8 of the angle, which grows to 200.
    expect(maxDifference(cos, golden.cos.flat())).toBeLessThan(2e-5);
    expect(maxDifference(sin, golden.sin.flat())).toBeLessThan(2e-5);
  });
});

describe('a model with scaled rotary embeddings', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'parlance-rope-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const original = path.join(fixtureModels, 'llama2-mha');
  symlinkSync(path.join(original, 'model.safetensors'), path.join(folder, 'model.safetensors'));

  it.each(fixture.models)('gives transformers’ logits for $name, in one chunk or many', async (golden) => {
    const changed = { ...JSON.parse(readFileSync(path.join(original, 'config.json'), 'utf8')), ...golden.config };
    writeFileSync(path.join(folder, 'config.json'), JSON.stringify(changed));
    const runtime = await openRuntime({ kind: 'c-api' });
    const { model } = await loadModel({ folder, runtime, numSlots: 2, maxPositions: 256, numThreads: 1 });
    for (const chunkSize of [golden.ids.length, 16, 1])
      expect(maxDifference((await prefill(model, 1, golden.ids, chunkSize)).logits, golden.last_logits)).toBeLessThan(
        1e-4,
      );
    expect(model.sharesPrefixes).toBe(golden.name === 'yarn');
    model.dispose();
    runtime.dispose();
  });
});
