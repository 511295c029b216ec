import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { SageMakerClient, waitUntilEndpointInService } from '@aws-sdk/client-sagemaker';
import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { type GatewayFlags, gatewayFlags, startOptions } from '../../src/cli/settings/gateway-options.ts';
import { openGateway } from '../support/serve.ts';
import { FIXTURES } from './support/run-parlance.ts';

const checkpoint = join(FIXTURES, 'llama3-tied');
const BINARY = resolve(import.meta.dirname, '../../bin/parlance.js');

/** What `parlance gateway` makes of flags. */
function parse(...flags: string[]): GatewayFlags {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  for (const option of gatewayFlags()) command.addOption(option);
  return command.parse(flags, { from: 'user' }).opts<GatewayFlags>();
}

function childrenOf(pid: number): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]!.split(' ')[1] === String(pid);
      } catch {
        return false;
      }
    });
}

describe('parlance gateway', () => {
  it('serves the demo model as `demo`, and leaves nothing running when it ends', async () => {
    const gateway = await openGateway([], { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' });
    const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };
    const options = { endpoint: gateway.base, region: 'us-east-1', credentials, maxAttempts: 1 };
    const control = new SageMakerClient(options);
    const runtime = new SageMakerRuntimeClient(options);
    const patience = { client: control, minDelay: 1, maxDelay: 1, maxWaitTime: 50 };
    await waitUntilEndpointInService(patience, { EndpointName: 'demo' });
    const Body = JSON.stringify({ messages: [{ role: 'user', content: 'Hello' }], max_tokens: 5 });
    const command = new InvokeEndpointCommand({ EndpointName: 'demo', ContentType: 'application/json', Body });
    const answer = JSON.parse((await runtime.send(command)).Body.transformToString());
    expect(answer.usage.completion_tokens).toBeGreaterThan(0);
    const children = childrenOf(gateway.process.pid!);
    expect(children).toHaveLength(1);
    expect(await gateway.stop()).toBe(0);
    expect(readdirSync('/proc')).not.toContain(children[0]);
    runtime.destroy();
    control.destroy();
  });

  it('ends with a line that says what is wrong where it cannot open', async () => {
    const flags = ['--port', '0', '--endpoint', 'a=http://x', '--endpoint', 'a=http://y'];
    const [code, said] = await new Promise<[unknown, string]>((done) => {
      execFile(process.execPath, [BINARY, 'gateway', ...flags], (error, _out, text) => done([error?.code, text]));
    });
    expect(code).toBe(1);
    expect(said).toMatch(
      /^error: can't open the gateway on 127\.0\.0\.1:0: Cannot create already existing endpoint .*\n$/,
    );
  });
});

describe('the flags of parlance gateway', () => {
  it('name endpoints, components, stand-ins and faults', () => {
    const flags = parse(
      ...['--endpoint', 'demo=http://127.0.0.1:1', '--endpoint', 'demo/chat=https://host/path?a=b'],
      ...['--model', `org/name=${checkpoint}`, '--model', `s3://bucket/key=${relative('.', checkpoint)}`],
      ...['--fault', 'ModelStreamError=0.1'],
      ...['--throttle', '0.2', '--cold-start', '5', '--auth', 'off', '--response-timeout', '1.5'],
    );
    const options = startOptions(flags, {}, ['serve']);
    expect(options).toMatchObject({
      endpoints: [
        { name: 'demo', component: undefined, url: 'http://127.0.0.1:1' },
        { name: 'demo', component: 'chat', url: 'https://host/path?a=b' },
      ],
      authentication: { kind: 'off' },
      limits: { responseMs: 1500, streamMs: 480_000, payloadBytes: 26_214_400 },
      faults: {
        coldStartMs: 5000,
        shares: { ModelStreamError: 0.1, ThrottlingException: 0.2 },
        maxPerSecond: Number.POSITIVE_INFINITY,
      },
    });
    expect([...options.standIns]).toEqual([
      ['org/name', checkpoint],
      ['s3://bucket/key', checkpoint],
    ]);
    expect(startOptions(parse('--throttle', '5/s'), {}, []).faults.maxPerSecond).toBe(5);
  });

  it('ask for signatures, by the credentials of the environment or by test and test', () => {
    const credentials = (environment: Record<string, string>) => startOptions(parse(), environment, []).authentication;
    expect(credentials({})).toMatchObject({ credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
    expect(credentials({ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_SESSION_TOKEN: 'c' })).toMatchObject({
      credentials: { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' },
    });
    expect(() => credentials({ AWS_ACCESS_KEY_ID: 'a' })).toThrow(
      'AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not',
    );
  });

  it.each([
    [['--endpoint', 'demo'], "argument 'demo' is invalid. Expected NAME=URL or NAME/COMPONENT=URL"],
    [['--endpoint', 'demo=ftp://x'], 'Expected NAME=URL'],
    [['--model', 'a'], "argument 'a' is invalid. Expected NAME=PATH."],
    [['--model', 'a=/absent'], 'Expected a checkpoint folder, but there is no /absent/config.json.'],
    [['--throttle', '2'], "argument '2' is invalid. Expected a number from 0 up to 1."],
    [['--fault', 'Nonsense=1'], 'Expected NAME=SHARE with one of ThrottlingException'],
    [['--fault', 'InternalFailure'], 'Expected a number from 0 up to 1.'],
    [['--port', '70000'], "argument '70000' is invalid. Expected an integer from 0 up to 65535."],
    [['--port', '80.5'], 'Expected an integer from 0 up to 65535.'],
    [['--stream-timeout', ''], 'Expected a number from 0.001.'],
    [['--account-id', 'abc'], 'Expected 12 digits.'],
    [['--namespace', 'a/b'], 'Expected the name of a user or organisation.'],
  ])('refuse %j in words that say what is allowed', (flags, words) => {
    expect(() => parse(...flags)).toThrow(words);
  });
});
