import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { EngineSettings } from '../../src/engine/engine-settings.ts';
import { loadEngine } from '../../src/engine/load-engine.ts';
import { fixtureModels } from '../models/support/goldens.ts';
import { copyModel } from '../models/support/model-folder.ts';
import { engineSettings } from './support/describe-engine-goldens.ts';

const folder = join(fixtureModels, 'llama3-tied');

async function load(settings: EngineSettings) {
  const warnings: string[] = [];
  const onWarning = (message: string) => void warnings.push(message);
  const loaded = await loadEngine(settings, { onProgress: () => {}, onWarning });
  await loaded.close();
  return { description: loaded.description, warnings };
}

describe('loading an engine', () => {
  it('lowers a batch that memory cannot hold, with a warning', async () => {
    const { description, warnings } = await load({ folder, ...engineSettings, maxBatchTotalTokens: 1e13 });
    const { maxBatchTotalTokens } = description.limits;
    expect(maxBatchTotalTokens).toBeLessThan(1e13);
    expect(warnings).toEqual([expect.stringContaining(`lowered from ${1e13} to ${maxBatchTotalTokens}`)]);
  });

  it('warns of sequences beyond the positions that the model was made for', async () => {
    const { description, warnings } = await load({ folder, ...engineSettings, maxTotalTokens: 300 });
    expect(description.limits.maxPositions).toBe(300);
    expect(warnings).toEqual([expect.stringContaining('300, but the model was made for 256 positions')]);
  });

  it('takes all positions of the model where no limit is set', async () => {
    const { batching, watermark, maxBatchSize } = engineSettings;
    const { description } = await load({ folder, batching, watermark, maxBatchSize });
    expect(description.budget).toMatchObject({ maxTotalTokens: 256, maxBatchTotalTokens: 8 * 256 });
  });

  it('refuses a model whose every score is no number', async () => {
    const model = copyModel('llama3-tied');
    model.changeTensor('model.safetensors', 'model.norm.weight', (bytes) => bytes.fill(0xff));
    await expect(load({ folder: model.folder, ...engineSettings })).rejects.toMatchObject({
      code: 'invalid_checkpoint',
      message: expect.stringContaining(`${model.folder}: whatever token it reads, the model gives scores that are not`),
    });
    model.remove();
  });
});
