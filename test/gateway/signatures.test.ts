import { Sha256 } from '@aws-crypto/sha256-js';
import { DescribeEndpointCommand } from '@aws-sdk/client-sagemaker';
import { InvokeEndpointCommand } from '@aws-sdk/client-sagemaker-runtime';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { type SignedRequest, verifySignature } from '../../src/gateway/authentication/verify-signature.ts';
import { AwsError } from '../../src/gateway/aws-errors.ts';
import { CREDENTIALS, type OpenGateway, openGateway, refusalOf, runtimeClient } from './support/open-gateway.ts';
import { always, type ScriptedContainer, scriptedContainer } from './support/scripted-container.ts';

const NOW = Date.parse('2026-01-31T12:00:00Z');
const identity = { credentials: CREDENTIALS, region: 'us-east-1' };
const signerOf = (region = 'us-east-1', service = 'sagemaker', credentials = CREDENTIALS) =>
  new SignatureV4({ credentials, region, service, sha256: Sha256, applyChecksum: false });

interface Unsigned {
  readonly path?: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

function unsigned({
  path = '/endpoints/demo/invocations',
  query = {},
  headers = {},
  body = '{}',
}: Unsigned): HttpRequest {
  return new HttpRequest({ method: 'POST', path, query, headers: { host: 'gateway:8099', ...headers }, body });
}

function received(request: Pick<HttpRequest, 'method' | 'path' | 'query' | 'headers' | 'body'>): SignedRequest {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query)) query.set(name, String(value));
  return {
    method: request.method,
    path: request.path,
    query,
    headers: request.headers,
    body: Buffer.from(request.body),
  };
}

async function signed(request: Unsigned = {}, signer = signerOf(), at = NOW): Promise<SignedRequest> {
  const signature = await signer.sign(unsigned(request), { signingDate: new Date(at) });
  return received(HttpRequest.clone(signature));
}

async function presigned(expiresIn: number, at = NOW): Promise<SignedRequest> {
  const request = await signerOf().presign(unsigned({}), { signingDate: new Date(at), expiresIn });
  return received(HttpRequest.clone(request));
}

/** The name that a request is refused with; undefined where it is not. */
async function refusal(request: SignedRequest, now = NOW): Promise<string | undefined> {
  try {
    await verifySignature(request, identity, now);
    return undefined;
  } catch (error) {
    return error instanceof AwsError ? error.code : String(error);
  }
}

describe('verifySignature', () => {
  it('takes what was signed, whatever its path, query, headers and body', async () => {
    const name = fc.stringMatching(/^[A-Za-z0-9 ()*'!._~:@&=+$,;-]{1,12}$/);
    const request = fc.record({
      path: fc.array(name.map(encodeURIComponent), { minLength: 1 }).map((parts) => `/${parts.join('/')}`),
      query: fc.dictionary(fc.stringMatching(/^[a-z][A-Za-z0-9-]{0,8}$/), fc.string()),
      headers: fc.dictionary(fc.stringMatching(/^x-[a-z]{1,8}$/), fc.stringMatching(/^[ -~]{1,20}$/)),
      body: fc.string({ unit: 'binary' }),
    });
    await fc.assert(
      fc.asyncProperty(request, async (sent) => {
        expect(await refusal(await signed(sent))).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  it('refuses what was changed after it was signed', async () => {
    const request = await signed({ headers: { 'x-amzn-sagemaker-target-variant': 'a' }, query: { a: '1' } });
    const changes: Partial<SignedRequest>[] = [
      { body: Buffer.from('{ }') },
      { path: '/endpoints/other/invocations' },
      { method: 'PUT' },
      { query: new URLSearchParams({ a: '2' }) },
      { query: new URLSearchParams({ a: '1', b: '' }) },
      { headers: { ...request.headers, host: 'other' } },
      { headers: { ...request.headers, 'x-amzn-sagemaker-target-variant': 'b' } },
      { headers: { ...request.headers, 'x-amz-date': '20260131T120001Z' } },
    ];
    expect(await refusal(request)).toBeUndefined();
    for (const change of changes) expect(await refusal({ ...request, ...change })).toBe('InvalidSignatureException');
  });

  it('refuses a body other than the one whose hash is told, and unsigned bodies', async () => {
    const hash = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';
    const request = await signed({ headers: { 'x-amz-content-sha256': hash } });
    expect(await refusal(request)).toBeUndefined();
    expect(await refusal({ ...request, body: Buffer.from('[]') })).toBe('InvalidSignatureException');
    const unsignedBody = await signed({ headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } });
    expect(await refusal(unsignedBody)).toBe('InvalidSignatureException');
  });

  it('refuses a signature by another secret, key, region or service', async () => {
    const secret = { ...CREDENTIALS, secretAccessKey: 'other' };
    const key = { ...CREDENTIALS, accessKeyId: 'other' };
    expect(await refusal(await signed({}, signerOf('us-east-1', 'sagemaker', secret)))).toBe(
      'InvalidSignatureException',
    );
    expect(await refusal(await signed({}, signerOf('us-east-1', 'sagemaker', key)))).toBe(
      'UnrecognizedClientException',
    );
    expect(await refusal(await signed({}, signerOf('eu-west-1')))).toBe('InvalidSignatureException');
    expect(await refusal(await signed({}, signerOf('us-east-1', 's3')))).toBe('InvalidSignatureException');
  });

  it('lets clocks be 15 minutes apart, and no more', async () => {
    const minutes = (count: number) => NOW + count * 60_000;
    for (const apart of [-15, 0, 15]) expect(await refusal(await signed(), minutes(apart))).toBeUndefined();
    for (const apart of [-15.1, 15.1])
      expect(await refusal(await signed(), minutes(apart))).toBe('InvalidSignatureException');
  });

  it('asks for what a signature is made of', async () => {
    const request = await signed();
    const { authorization, ...headers } = request.headers;
    expect(await refusal({ ...request, headers })).toBe('MissingAuthenticationTokenException');
    const broken = [
      'Basic dGVzdDp0ZXN0',
      'AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request',
      authorization!.replace('/us-east-1', ''),
    ];
    for (const text of broken) {
      expect(await refusal({ ...request, headers: { ...headers, authorization: text } })).toBe(
        'IncompleteSignatureException',
      );
    }
    const { 'x-amz-date': date, ...undated } = request.headers;
    expect(await refusal({ ...request, headers: undated })).toBe('IncompleteSignatureException');
    const unsignedHost = authorization!.replace('host;', '');
    expect(date).toBe('20260131T120000Z');
    expect(await refusal({ ...request, headers: { ...headers, authorization: unsignedHost } })).toBe(
      'InvalidSignatureException',
    );
  });

  it('takes a presigned request until it expires', async () => {
    expect(await refusal(await presigned(60))).toBeUndefined();
    expect(await refusal(await presigned(60), NOW + 60_000)).toBeUndefined();
    expect(await refusal(await presigned(60), NOW + 61_000)).toBe('InvalidSignatureException');
    const longer = await presigned(60);
    longer.query.set('X-Amz-Expires', '6000');
    expect(await refusal(longer)).toBe('InvalidSignatureException');
    expect(await refusal({ ...(await presigned(60)), body: Buffer.from('{"other":1}') })).toBe(
      'InvalidSignatureException',
    );
  });

  it('holds temporary credentials to their session token', async () => {
    const temporary = { ...CREDENTIALS, sessionToken: 'session' };
    const request = await signed({}, signerOf('us-east-1', 'sagemaker', temporary));
    const verify = (sent: SignedRequest) => verifySignature(sent, { ...identity, credentials: temporary }, NOW);
    await verify(request);
    await expect(verify(await signed())).rejects.toMatchObject({ code: 'UnrecognizedClientException' });
  });
});

describe('a gateway that asks for signatures', () => {
  let opened: OpenGateway;
  let container: ScriptedContainer;

  beforeAll(async () => {
    container = await scriptedContainer(always({}));
    opened = await openGateway({ endpoints: [{ name: 'demo', component: undefined, url: container.url }] });
  });
  afterAll(async () => {
    await opened.close();
    await container.close();
  });

  const command = () => new InvokeEndpointCommand({ EndpointName: 'demo', Body: '{"inputs":"ä"}' });

  it("takes the AWS SDK's", async () => {
    expect((await opened.runtime.send(command())).$metadata.httpStatusCode).toBe(200);
  });

  it('refuses a wrong secret, and names the error as AWS does', async () => {
    const credentials = { ...CREDENTIALS, secretAccessKey: 'wrong' };
    const client = runtimeClient(opened.url, credentials);
    expect(await refusalOf(client.send(command()))).toMatchObject({
      name: 'InvalidSignatureException',
      $metadata: { httpStatusCode: 403 },
    });
    client.destroy();
  });

  it('refuses a body that was changed on the way', async () => {
    const client = runtimeClient(opened.url);
    client.middlewareStack.add(
      (next) => (args) => {
        if (HttpRequest.isInstance(args.request)) args.request.body = Buffer.from('{"inputs":"bb"}');
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    const numTaken = container.requests.length;
    expect((await refusalOf(client.send(command()))).name).toBe('InvalidSignatureException');
    expect(container.requests).toHaveLength(numTaken);
    client.destroy();
  });

  it('asks for one on the control plane, too', async () => {
    const unauthorized = await fetch(opened.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'SageMaker.ListEndpoints', 'content-type': 'application/x-amz-json-1.1' },
      body: '{}',
    });
    expect(unauthorized.status).toBe(403);
    expect(await unauthorized.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
    const described = await opened.control.send(new DescribeEndpointCommand({ EndpointName: 'demo' }));
    expect(described.EndpointArn).toBe('arn:aws:sagemaker:us-east-1:123456789012:endpoint/demo');
  });

  it('asks nothing of those who ask for no signatures', async () => {
    const open = await openGateway({
      authentication: { kind: 'off' },
      endpoints: [{ name: 'demo', component: undefined, url: container.url }],
    });
    const answer = await fetch(`${open.url}/endpoints/demo/invocations`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(200);
    await open.close();
  });
});
