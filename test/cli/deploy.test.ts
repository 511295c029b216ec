import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { noise } from '../hub/support/checkpoint-files.ts';
import { StandInHub } from '../hub/support/stand-in-hub.ts';
import { runParlance } from './support/run-parlance.ts';

/** Synthesis runs a TypeScript program that loads CDK. */
const SYNTH_TIMEOUT_MS = 240_000;

let folder: string;
let hub: StandInHub;

/** A checkpoint of which only the header tells its size: 70B parameters in one tensor. */
function hugeModel() {
  const header = Buffer.from(
    JSON.stringify({ w: { dtype: 'BF16', shape: [70_000, 1_000_000], data_offsets: [0, 140e9] } }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const config = { num_hidden_layers: 80, num_attention_heads: 64, num_key_value_heads: 8, hidden_size: 8192 };
  return {
    'config.json': Buffer.from(JSON.stringify(config)),
    'model.safetensors': Buffer.concat([length, header, noise(1000)]),
  };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parlance-deploy-'));
  const commit = 'b'.repeat(40);
  const repository = { commits: { [commit]: hugeModel() }, branches: { main: commit } };
  hub = await StandInHub.start(
    { id: 'org/huge', ...repository },
    { id: 'org/gated', ...repository, tokens: ['hf_member'], isGated: true },
  );
});

afterAll(async () => {
  await hub.stop();
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]) =>
  runParlance(['deploy', ...args], { env: { HF_ENDPOINT: hub.endpoint, HF_HOME: folder } });

describe('parlance deploy', () => {
  it('refuses a model that can not fit by what the Hub says of it, and names the smallest instance that would do', async () => {
    const { code, stdout, stderr } = await run('org/huge');
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
    expect(stderr).toMatch(
      /^error: the model's 70\.0B parameters need \d+\.\d GiB in float16, and ml\.g5\.2xlarge has 22\.4 GiB on each GPU; the smallest that would do: ml\.m5\.24xlarge \(CPU\)\n$/,
    );
  });

  it('refuses a setting of the server without a value', async () => {
    const { code, stderr } = await run('--synth', '--env', 'MAX_TOTAL_TOKENS');
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('Expected KEY=VALUE.') });
  });

  it('refuses it by --parameters without asking anyone', async () => {
    const seen = hub.requests.length;
    const { code, stderr } = await run('org/huge', '--parameters', '13e9', '--synth');
    expect({ code, stderr }).toEqual({ code: 6, stderr: expect.stringContaining('--quantize int8 or int4') });
    expect(hub.requests).toHaveLength(seen);
  });

  it('says what to do for a gated model', async () => {
    const { code, stderr } = await run('org/gated');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('org/gated is gated: accept its terms'),
    });
  });

  it(
    'makes a template offline with --synth, and says that the fit is not checked and what it costs',
    async () => {
      const seen = hub.requests.length;
      const output = join(folder, 'out');
      const { code, stdout, stderr } = await run(
        ...[
          'org/huge',
          '--synth',
          '--json',
          '--output',
          output,
          '--instances',
          '2',
          '--env',
          'MAX_TOTAL_TOKENS=4096',
          'CORS_ALLOW_ORIGIN=a,b',
        ],
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('not checked') });
      expect(hub.requests).toHaveLength(seen);
      const { template, estimate } = JSON.parse(stdout);
      expect(estimate).toMatchObject({ instanceType: 'ml.g5.2xlarge', perMonth: { least: 1.515 * 2 * 730 } });
      const { Resources } = JSON.parse(readFileSync(template, 'utf8'));
      const of = (type: string) =>
        Object.values<{ Type: string; Properties: object }>(Resources).find(({ Type }) => Type === type);
      expect(of('AWS::SageMaker::EndpointConfig')!.Properties).toMatchObject({
        ProductionVariants: [{ InstanceType: 'ml.g5.2xlarge', InitialInstanceCount: 2 }],
      });
      expect(of('AWS::SageMaker::Model')!.Properties).toMatchObject({
        PrimaryContainer: {
          Environment: { HF_MODEL_ID: 'org/huge', MAX_TOTAL_TOKENS: '4096', CORS_ALLOW_ORIGIN: 'a,b' },
        },
      });
    },
    SYNTH_TIMEOUT_MS,
  );

  it(
    'says what is wrong with a setting before anything is made',
    async () => {
      const { code, stderr } = await run('--synth', '--instance-type', 'ml.p9.xlarge');
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringContaining('instanceType is ml.p9.xlarge: known are'),
      });
    },
    SYNTH_TIMEOUT_MS,
  );
});
