import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Sha256 } from '@aws-crypto/sha256-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { readSecret } from '../../src/hub/read-secret.ts';

const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:parlance/hf-AbCdEf';
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'right' };

interface Call {
  readonly target: string | undefined;
  readonly body: string;
  readonly isSigned: boolean;
}

let server: Server;
let calls: Call[];
let answer: { status: number; body: object };
let environment: Record<string, string>;

beforeEach(async () => {
  calls = [];
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: 'right' });
  server = createServer(async (request, response) => {
    const body = await text(request);
    const target = request.headers['x-amz-target'];
    calls.push({ target: String(target), body, isSigned: await isSigned(request, body) });
    response.writeHead(answer.status).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  environment = { AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${port}` };
});

afterEach(() => {
  server.close();
  delete process.env.AWS_ACCESS_KEY_ID;
  delete process.env.AWS_SECRET_ACCESS_KEY;
});

/** Signs the request again, with the key and at the time that it names. */
async function isSigned(request: IncomingMessage, body: string): Promise<boolean> {
  const authorization = request.headers.authorization ?? '';
  const [, region, names] = /Credential=[^/]+\/\d+\/([^/]+)\/.*SignedHeaders=([^,]+)/.exec(authorization) ?? [];
  const date = String(request.headers['x-amz-date']);
  const signer = new SignatureV4({ service: 'secretsmanager', region: region!, credentials, sha256: Sha256 });
  const headers = Object.fromEntries(
    names!
      .split(';')
      .filter((name) => !name.startsWith('x-amz-date') && name !== 'x-amz-content-sha256')
      .map((name) => [name, String(request.headers[name])]),
  );
  const signed = await signer.sign(
    new HttpRequest({ method: 'POST', protocol: 'http:', hostname: '127.0.0.1', path: '/', headers, body }),
    { signingDate: new Date(date.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z')) },
  );
  return signed.headers.authorization === authorization;
}

describe('the secret of the Hub token', () => {
  it('is asked for by a request that is signed for the region of its ARN', async () => {
    answer = { status: 200, body: { SecretString: 'hf_abc\n' } };
    expect(await readSecret(arn, environment)).toBe('hf_abc');
    expect(calls).toEqual([
      { target: 'secretsmanager.GetSecretValue', body: JSON.stringify({ SecretId: arn }), isSigned: true },
    ]);
  });

  it('may be JSON, as the console makes it', async () => {
    answer = { status: 200, body: { SecretString: '{"HF_TOKEN": "hf_abc"}' } };
    expect(await readSecret('parlance/hf', { ...environment, AWS_REGION: 'us-east-1' })).toBe('hf_abc');
  });

  it.each([
    ['ResourceNotFoundException', /can't be read: ResourceNotFoundException: as AWS says; make it by/],
    ['AccessDeniedException', /the role needs secretsmanager:GetSecretValue on it/],
  ])('that fails with %s says why and what to do', async (kind, message) => {
    answer = { status: 400, body: { __type: kind, Message: 'as AWS says' } };
    await expect(readSecret(arn, environment)).rejects.toMatchObject({
      code: 'invalid_setting',
      message: expect.stringMatching(message),
    });
  });

  it.each(['', '{"token": "hf_abc"}', '{broken'])('with the value %j is refused without telling it', async (value) => {
    answer = { status: 200, body: { SecretString: value } };
    await expect(readSecret(arn, environment)).rejects.toThrow(
      `HF_TOKEN_SECRET ${arn} can't be read: it holds no token: expected a text, or JSON with HF_TOKEN`,
    );
  });

  it('needs a region', async () => {
    await expect(readSecret('parlance/hf', environment)).rejects.toThrow('give its ARN, or set AWS_REGION');
  });
});
