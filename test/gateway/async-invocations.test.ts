import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvokeEndpointAsyncCommand } from '@aws-sdk/client-sagemaker-runtime';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type OpenGateway, openGateway, refusalOf } from './support/open-gateway.ts';
import { type ScriptedContainer, scriptedContainer } from './support/scripted-container.ts';

let opened: OpenGateway;
let container: ScriptedContainer;

beforeEach(async () => {
  container = await scriptedContainer(({ body }, response) => {
    response.writeHead(body.includes('refuse') ? 422 : 200).end(`answer to ${body}`);
  });
  opened = await openGateway({ endpoints: [{ name: 'demo', component: undefined, url: container.url }] });
  mkdirSync(join(opened.s3Folder, 'inputs'));
});
afterEach(async () => {
  await opened.close();
  await container.close();
});

type Field = 'EndpointName' | 'InputLocation' | 'InferenceId' | 'ContentType' | 'Accept';

const invoke = (changed: Partial<Record<Field, string>> & { InvocationTimeoutSeconds?: number } = {}) =>
  opened.runtime.send(
    new InvokeEndpointAsyncCommand({ EndpointName: 'demo', InputLocation: 's3://inputs/a.json', ...changed }),
  );

const put = (name: string, content: string) => writeFileSync(join(opened.s3Folder, 'inputs', name), content);

async function written(location: string | undefined): Promise<string> {
  const path = join(opened.s3Folder, location!.slice('s3://'.length));
  while (!existsSync(path) || readFileSync(path, 'utf8') === '') await new Promise((done) => setTimeout(done, 10));
  return readFileSync(path, 'utf8');
}

describe('InvokeEndpointAsync', () => {
  it('takes the request, and writes the answer where it said', async () => {
    put('a.json', '{"inputs":"x"}');
    const taken = await invoke({ InferenceId: 'mine', ContentType: 'application/json', Accept: 'text/plain' });
    expect(taken).toMatchObject({ InferenceId: 'mine', $metadata: { httpStatusCode: 202 } });
    expect(await written(taken.OutputLocation)).toBe('answer to {"inputs":"x"}');
    expect(container.requests[0]!.headers).toMatchObject({ 'content-type': 'application/json', accept: 'text/plain' });
  });

  it('writes the failure of a model, and of an input that is not there', async () => {
    put('a.json', 'refuse');
    expect(await written((await invoke()).FailureLocation)).toContain('Received client error (422)');
    const missing = await invoke({ InputLocation: 's3://inputs/b.json' });
    expect(await written(missing.FailureLocation)).toContain('There is no object s3://inputs/b.json');
  });

  it('reads nothing outside the folder that stands in for S3', async () => {
    for (const InputLocation of [
      's3://inputs/../../../../../../etc/hostname',
      's3://../etc/hostname',
      'file:///etc/hostname',
    ]) {
      expect(await written((await invoke({ InputLocation })).FailureLocation)).toContain('Invalid S3 address');
    }
    expect(container.requests).toEqual([]);
  });

  it('refuses times out of range, and endpoints that are not there', async () => {
    expect((await refusalOf(invoke({ InvocationTimeoutSeconds: 3601 }))).message).toBe(
      "InvocationTimeoutSeconds must be an integer from 1 to 3600, not '3601'.",
    );
    expect((await refusalOf(invoke({ EndpointName: 'other' }))).name).toBe('ValidationError');
  });
});
