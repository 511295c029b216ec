import { Sha256 } from '@aws-crypto/sha256-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { CREDENTIALS, type OpenGateway, openGateway } from './support/open-gateway.ts';
import { type ScriptedContainer, scriptedContainer } from './support/scripted-container.ts';

let opened: OpenGateway;
let container: ScriptedContainer;

beforeAll(async () => {
  container = await scriptedContainer(({ body }, response) => {
    const isStream = body.includes('"stream":true');
    response.writeHead(body.includes('refuse') ? 422 : 200, {
      'content-type': isStream ? 'text/event-stream' : 'application/json',
    });
    response.end(isStream ? 'data: [DONE]\n\n' : '{"choices":[]}');
  });
  const { url } = container;
  opened = await openGateway({
    endpoints: [
      { name: 'demo', component: undefined, url },
      { name: 'parts', component: 'chat', url },
    ],
  });
});

afterAll(async () => {
  await opened.close();
  await container.close();
});

interface TokenParts {
  readonly expiresIn?: number;
  readonly signedAt?: Date;
  readonly secretAccessKey?: string;
  readonly action?: string;
}

/** As the SageMaker SDK's generate_token makes it. */
async function token({
  expiresIn = 43_200,
  signedAt = new Date(),
  action = 'CallWithBearerToken',
  ...secret
}: TokenParts = {}) {
  const signer = new SignatureV4({
    credentials: { ...CREDENTIALS, ...secret },
    region: 'us-east-1',
    service: 'sagemaker',
    sha256: Sha256,
  });
  const host = 'sagemaker.amazonaws.com';
  const request = new HttpRequest({ method: 'POST', path: '/', query: { Action: action }, headers: { host } });
  const { query } = await signer.presign(request, { expiresIn, signingDate: signedAt });
  const url = `${host}/?${new URLSearchParams(query as Record<string, string>)}&Version=1`;
  return `sagemaker-api-key-${Buffer.from(url).toString('base64')}`;
}

async function chat(key: string, body = '{"messages":[]}', path = '/endpoints/demo/openai/v1/chat/completions') {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}`, cookie: 'a' };
  return fetch(`${opened.url}${path}`, { method: 'POST', headers, body });
}

describe('the OpenAI path', () => {
  it("reaches the container's own, with a bearer token", async () => {
    const answer = await chat(await token());
    expect([answer.status, await answer.text()]).toEqual([200, '{"choices":[]}']);
    const { path, headers, body } = container.requests.at(-1)!;
    expect([path, headers['content-type'], body]).toEqual([
      '/v1/chat/completions',
      'application/json',
      '{"messages":[]}',
    ]);
    expect([headers.authorization, headers.cookie]).toEqual([undefined, undefined]);
  });

  it('gives streams and refusals as they are', async () => {
    const streamed = await chat(await token(), '{"stream":true}');
    expect([streamed.headers.get('content-type'), await streamed.text()]).toEqual([
      'text/event-stream',
      'data: [DONE]\n\n',
    ]);
    expect((await chat(await token(), '{"messages":"refuse"}')).status).toBe(422);
  });

  it('reaches an inference component by its path', async () => {
    const path = '/endpoints/parts/inference-components/chat/openai/v1/chat/completions';
    expect((await chat(await token(), '{}', path)).status).toBe(200);
    expect((await chat(await token(), '{}', path.replace('chat/openai', 'other/openai'))).status).toBe(400);
  });

  it('refuses tokens that are missing, made up, changed, expired or too long-lived', async () => {
    const made = await token();
    const later = Buffer.from(made.slice(18), 'base64').toString().replace('43200', '43199');
    const cases: [string, string][] = [
      ['MissingAuthenticationTokenException', ''],
      ['UnrecognizedClientException', 'sk-123'],
      ['UnrecognizedClientException', 'sagemaker-api-key-%%%'],
      ['UnrecognizedClientException', await token({ action: 'ListEndpoints' })],
      ['InvalidSignatureException', `sagemaker-api-key-${Buffer.from(later).toString('base64')}`],
      ['InvalidSignatureException', await token({ secretAccessKey: 'other' })],
      ['InvalidSignatureException', await token({ expiresIn: 60, signedAt: new Date(Date.now() - 61_000) })],
      ['InvalidSignatureException', await token({ expiresIn: 43_201 })],
    ];
    for (const [name, key] of cases) {
      const answer = await chat(key);
      expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([403, name]);
    }
  });
});
