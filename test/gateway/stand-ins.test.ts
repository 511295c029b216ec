import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { standInEnvironment } from '../../src/gateway/containers/stand-ins.ts';
import { containerEnvironment } from '../../src/gateway/control-plane/container-environment.ts';
import { LocalS3 } from '../../src/gateway/runtime/local-s3.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parlance-stand-in-'));
  writeFileSync(join(folder, 'config.json'), '{"max_position_embeddings": 1024}');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('standInEnvironment', () => {
  it("keeps all but the real model's name and weights", () => {
    const environment = {
      HF_MODEL_ID: 'a/model',
      HF_MODEL_REVISION: 'abc',
      HF_MODEL_QUANTIZE: 'awq',
      SM_NUM_GPUS: '4',
      MESSAGES_API_ENABLED: 'true',
      MAX_TOTAL_TOKENS: '1024',
    };
    expect(standInEnvironment(environment, folder)).toEqual({
      MODEL_ID: folder,
      MESSAGES_API_ENABLED: 'true',
      MAX_TOTAL_TOKENS: '1024',
    });
  });

  it('leaves out lengths that the stand-in has no positions for', () => {
    const lengths = { MAX_TOTAL_TOKENS: '32000', MAX_INPUT_LENGTH: '512', MAX_BATCH_PREFILL_TOKENS: '512' };
    expect(standInEnvironment({ ...lengths, MAX_BEST_OF: '1' }, folder)).toEqual({
      MODEL_ID: folder,
      MAX_BEST_OF: '1',
    });
  });
});

describe('containerEnvironment', () => {
  it('takes the stand-in of a model, or of model data', () => {
    const s3 = new LocalS3(folder);
    const standIns = new Map([
      ['a/model', folder],
      ['s3://bucket/model/', folder],
    ]);
    const data = { ModelDataSource: { S3DataSource: { S3Uri: 's3://bucket/model/' } } };
    expect(containerEnvironment({ Environment: { HF_MODEL_ID: 'a/model' } }, standIns, s3)).toEqual({
      MODEL_ID: folder,
    });
    expect(containerEnvironment(data, standIns, s3)).toEqual({ MODEL_ID: folder });
    expect(containerEnvironment({ Environment: { HF_MODEL_ID: 'b/model' } }, standIns, s3)).toEqual({
      HF_MODEL_ID: 'b/model',
    });
  });

  it('takes model data from the local S3 where SageMaker would mount it', () => {
    const root = mkdtempSync(join(tmpdir(), 'parlance-s3-'));
    const s3 = new LocalS3(root);
    const ModelDataUrl = 's3://bucket/model/';
    const mounted = { Environment: { HF_MODEL_ID: '/opt/ml/model', A: 'b' }, ModelDataUrl };
    expect(containerEnvironment(mounted, new Map(), s3)).toEqual({ MODEL_ID: ModelDataUrl, A: 'b' });
    expect(s3.folderOf(ModelDataUrl)).toBeUndefined();
    rmSync(root, { recursive: true });
  });
});
