import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openCheckpoint } from '../../../src/models/checkpoint.ts';
import { findFamily } from '../../../src/models/families/find-family.ts';
import { readModelConfigFile } from '../../../src/models/model-config-file.ts';
import { weightBytes } from '../../../src/models/quantise/weight-bytes.ts';
import { fixtureModels } from '../support/goldens.ts';

async function bytesOf(name: string, quantisation?: 'int8' | 'int4' | 'w8a8') {
  const folder = path.join(fixtureModels, name);
  const file = await readModelConfigFile(folder);
  const decoder = findFamily(file).family.read(file);
  return weightBytes(decoder, await openCheckpoint(folder), quantisation);
}

// llama2-mha: 3 layers of 64, inner size 144, vocabulary 640, float16.
const layerElements = 4 * 64 * 64 + 3 * 64 * 144;
const norms = (3 * 2 + 1) * 64 * 4;

describe('the bytes of weights', () => {
  it('are 4 an element in float32, and those of the embeddings as they are stored', async () => {
    expect(await bytesOf('llama2-mha')).toEqual({
      resident: (3 * layerElements + 640 * 64) * 4 + norms,
      mapped: 640 * 64 * 2,
    });
  });

  it('are 1 an element and a scale for each output with w8a8', async () => {
    const outputs = 3 * (5 * 64 + 2 * 144) + 640;
    expect((await bytesOf('llama2-mha', 'w8a8')).resident).toBe(3 * layerElements + 640 * 64 + outputs * 4 + norms);
  });

  it('shrink from float32 to int8 to int4', async () => {
    const [float32, int8, int4] = await Promise.all([
      bytesOf('llama2-mha'),
      bytesOf('llama2-mha', 'int8'),
      bytesOf('llama2-mha', 'int4'),
    ]);
    expect(int8.resident).toBeLessThan(0.35 * float32.resident);
    // Of three layers, only the one in the middle has 4 bits.
    expect(int4.resident).toBeLessThan(0.95 * int8.resident);
    expect(int4.mapped).toBe(float32.mapped);
  });
});
