import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DownloadOptions } from '../../src/hub/download-checkpoint.ts';
import { downloadS3Model } from '../../src/hub/download-s3-model.ts';
import { type HubSettings, readHubSettings } from '../../src/hub/hub-settings.ts';
import { neededOf, noise, shardedModel } from '../hub/support/checkpoint-files.ts';
import { contentsOf, temporaryFolder } from '../hub/support/hub-setup.ts';
import { MotoServer } from '../hub/support/moto.ts';
import { runProgram } from '../support/python.ts';

const bucket = 'checkpoints';
const files = shardedModel(200_000);
const location = { bucket, prefix: 'models/llama' };
const firstShard = 'model-00001-of-00002.safetensors';

let moto: MotoServer;
let client: S3Client;
let settings: HubSettings;
const environmentBefore = { ...process.env };

beforeAll(async () => {
  moto = await MotoServer.start();
  process.env.AWS_ENDPOINT_URL_S3 = moto.endpoint;
  process.env.AWS_REGION = 'us-east-1';
  process.env.AWS_ACCESS_KEY_ID = 'testing';
  process.env.AWS_SECRET_ACCESS_KEY = 'testing';
  client = new S3Client({ forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  for (const [path, content] of Object.entries(files)) await put(`models/llama/${path}`, content);
  await put('models/llama-2/config.json', Buffer.from('of another model'));
}, 300_000);
afterAll(async () => {
  client?.destroy();
  await moto?.stop();
  process.env = environmentBefore;
});
beforeEach(() => {
  settings = readHubSettings({ HF_HOME: temporaryFolder() });
  moto.ranges.length = 0;
});

const put = (key: string, content: Buffer) =>
  client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: content }));

const options: DownloadOptions = { retry: { maxAttempts: 3, sleep: async () => {}, random: () => 0 } };

async function expectWhole(folder: string): Promise<void> {
  const contents = await contentsOf(folder);
  expect(Object.keys(contents).sort()).toEqual(neededOf(files).sort());
  for (const path of neededOf(files)) expect([path, contents[path]!.equals(files[path]!)]).toEqual([path, true]);
}

function blobsFolder(): string {
  const root = join(settings.home, 'parlance/s3', bucket);
  mkdirSync(root, { recursive: true });
  const name = createHash('sha256').update(location.prefix).digest('hex').slice(0, 16);
  return join(root, name, 'blobs');
}

describe('a checkpoint in S3', () => {
  it('arrives with the files that are read, and is not fetched again', async () => {
    const folder = await downloadS3Model(location, settings, options);
    await expectWhole(folder);
    moto.ranges.length = 0;
    expect(await downloadS3Model(location, settings, options)).toBe(folder);
    expect(moto.ranges).toEqual([]);
    expect(await downloadS3Model(location, { ...settings, offlineReason: 'HF_HUB_OFFLINE is set' }, options)).toBe(
      folder,
    );
  });

  it('goes on where a connection was cut', async () => {
    moto.cutsAfter.push(50_000, 50_000, 50_000);
    await expectWhole(await downloadS3Model(location, settings, options));
    expect(moto.ranges.some((range) => !range.startsWith('bytes=0-'))).toBe(true);
  });

  it('goes on with a partial file of an earlier start', async () => {
    const blobs = blobsFolder();
    mkdirSync(blobs, { recursive: true });
    const etag = createHash('md5').update(files[firstShard]!).digest('hex');
    writeFileSync(join(blobs, `${etag}.incomplete`), files[firstShard]!.subarray(0, 150_000));
    await expectWhole(await downloadS3Model(location, settings, options));
    expect(moto.ranges).toContain('bytes=150000-199999');
  });

  it('is checked by its ETag', async () => {
    const blobs = blobsFolder();
    mkdirSync(blobs, { recursive: true });
    const etag = createHash('md5').update(files[firstShard]!).digest('hex');
    writeFileSync(join(blobs, `${etag}.incomplete`), noise(150_000, 'corrupt'));
    await expectWhole(await downloadS3Model(location, settings, options));
  });

  it('may have been uploaded in parts', async () => {
    const large = noise(12_000_000);
    const program = `
import boto3, sys
from boto3.s3.transfer import TransferConfig
s3 = boto3.client("s3")
s3.put_object(Bucket="${bucket}", Key="parts/config.json", Body=b"{}")
s3.upload_file(sys.argv[1], "${bucket}", "parts/model.safetensors", Config=TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20))`;
    const source = join(temporaryFolder(), 'weights');
    writeFileSync(source, large);
    await boto(program, source);
    const folder = await downloadS3Model({ bucket, prefix: 'parts' }, settings, options);
    expect(readFileSync(join(folder, 'model.safetensors')).equals(large)).toBe(true);
    expect(readdirSync(join(folder, '../../blobs')).some((name) => /-3$/.test(name))).toBe(true);
  });

  it('is another snapshot once an object has changed', async () => {
    for (const [path, content] of Object.entries({
      'config.json': Buffer.from('{}'),
      'model.safetensors': noise(1000),
    }))
      await put(`changing/${path}`, content);
    const changing = { bucket, prefix: 'changing' };
    const before = await downloadS3Model(changing, settings, options);
    await put('changing/config.json', Buffer.from('{"changed":true}'));
    moto.ranges.length = 0;
    const after = await downloadS3Model(changing, settings, options);
    expect(after).not.toBe(before);
    expect(readFileSync(join(after, 'config.json'), 'utf8')).toBe('{"changed":true}');
    expect(readFileSync(join(before, 'config.json'), 'utf8')).toBe('{}');
    expect(moto.ranges).toEqual(['bytes=0-15']);
  });
});

describe('a checkpoint in S3 that can not be had', () => {
  const refusal = (asked: typeof location) =>
    downloadS3Model(asked, settings, options).catch((error: unknown) => error);

  it('for want of its bucket is refused by name', async () => {
    expect(await refusal({ bucket: 'nowhere', prefix: 'x' })).toMatchObject({
      code: 'invalid_setting',
      message: 'there is no bucket nowhere: check s3://nowhere/x',
    });
  });

  it('for want of objects is refused', async () => {
    expect(await refusal({ bucket, prefix: 'models' })).toMatchObject({
      message: 's3://checkpoints/models has no config.json: expected a model of transformers',
    });
    expect(await refusal({ bucket, prefix: 'nothing' })).toMatchObject({
      message: 's3://checkpoints/nothing holds no objects: check bucket and prefix',
    });
  });

  it('for wrong credentials says so', async () => {
    await fetch(`${moto.endpoint}/moto-api/reset-auth`, { method: 'POST', body: '0' });
    try {
      expect(await refusal(location)).toMatchObject({
        code: 'invalid_setting',
        message:
          'the AWS credentials to read s3://checkpoints/models/llama with are wrong (InvalidAccessKeyId): check them',
      });
    } finally {
      await fetch(`${moto.endpoint}/moto-api/reset-auth`, { method: 'POST', body: 'inf' });
    }
  });

  it('without credentials says how to give some', async () => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
    process.env.AWS_EC2_METADATA_DISABLED = 'true';
    process.env.AWS_SHARED_CREDENTIALS_FILE = process.env.AWS_CONFIG_FILE = '/dev/null';
    try {
      expect(await refusal(location)).toMatchObject({
        message: expect.stringContaining('no AWS credentials to read s3://'),
      });
    } finally {
      Object.assign(process.env, { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY });
    }
  });

  it('offline is refused unless it is cached', async () => {
    const offline = downloadS3Model(location, { ...settings, offlineReason: 'HF_HUB_OFFLINE is set' }, options);
    await expect(offline).rejects.toThrow(
      /s3:\/\/checkpoints\/models\/llama is not in .*\(HF_HUB_OFFLINE is set\): run `parlance download/,
    );
    expect(existsSync(join(settings.home, 'parlance'))).toBe(false);
  });
});

function boto(program: string, ...args: string[]): Promise<string> {
  return runProgram([join(moto.python, 'python'), '-c', program, ...args], {
    AWS_ENDPOINT_URL_S3: moto.endpoint,
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    AWS_DEFAULT_REGION: 'us-east-1',
  });
}
