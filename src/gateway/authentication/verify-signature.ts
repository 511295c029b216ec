import { createHash, timingSafeEqual } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { AwsError } from '../aws-errors.ts';
import { formatAmzDate, parseAmzDate } from './amz-date.ts';
import { checkScope, checkSessionToken } from './credential-scope.ts';
import type { SigningIdentity } from './credentials.ts';

/** A request as it was signed. */
export interface SignedRequest {
  readonly method: string;
  /** As it was sent: still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** How far the signer's clock may be off. */
const MAX_SKEW_MS = 15 * 60_000;
const UNSIGNED = 'UNSIGNED-PAYLOAD';

/** Verifies an AWS signature, version 4, in the Authorization header or, for a presigned URL, in the query.
 * @throws MissingAuthenticationTokenException, IncompleteSignatureException, UnrecognizedClientException,
 *   InvalidSignatureException
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export async function verifySignature(request: SignedRequest, identity: SigningIdentity, nowMs: number): Promise<void> {
  if (request.query.has('X-Amz-Signature')) return verifyPresigned(request, identity, nowMs);
  const authorization = request.headers.authorization ?? '';
  if (authorization === '') {
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const { credential, signedHeaders, signature } = parseAuthorization(authorization);
  const date = request.headers['x-amz-date'];
  if (date === undefined) {
    throw new AwsError(
      'IncompleteSignatureException',
      `Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=${authorization}`,
    );
  }
  const signedAt = parseAmzDate(date);
  checkScope(credential, date.slice(0, 8), identity);
  checkSessionToken(request.headers['x-amz-security-token'], identity);
  checkSkew(signedAt.getTime(), nowMs);
  checkSigned(signedHeaders, ['host', 'x-amz-date']);
  checkBodyHash(request);
  const signed = await signer(identity).sign(smithyRequest(request, signedHeaders), {
    signingDate: signedAt,
    signableHeaders: new Set(signedHeaders),
  });
  checkEqual(signature, parseAuthorization(signed.headers.authorization!).signature);
}

/** Verifies a presigned request: all that signs it is in its query. @throws as {@link verifySignature} */
export async function verifyPresigned(request: SignedRequest, identity: SigningIdentity, nowMs: number): Promise<void> {
  const parameter = (name: string) => {
    const value = request.query.get(name);
    if (value !== null) return value;
    throw new AwsError('IncompleteSignatureException', `AWS query-string parameters must include '${name}'.`);
  };
  const date = parameter('X-Amz-Date');
  const signedAt = parseAmzDate(date);
  const expiresIn = Number(parameter('X-Amz-Expires'));
  const signedHeaders = parameter('X-Amz-SignedHeaders').split(';');
  checkScope(parameter('X-Amz-Credential'), date.slice(0, 8), identity);
  checkSessionToken(request.query.get('X-Amz-Security-Token') ?? undefined, identity);
  checkLifetime(signedAt.getTime(), expiresIn, nowMs);
  checkSigned(signedHeaders, ['host']);
  const query = new URLSearchParams(request.query);
  query.delete('X-Amz-Signature');
  const signed = await signer(identity).presign(smithyRequest({ ...request, query }, signedHeaders), {
    signingDate: signedAt,
    expiresIn,
    signableHeaders: new Set(signedHeaders),
    unhoistableHeaders: new Set(signedHeaders),
  });
  checkEqual(parameter('X-Amz-Signature'), String(signed.query?.['X-Amz-Signature']));
}

function parseAuthorization(authorization: string) {
  const [algorithm, ...rest] = authorization.split(' ');
  if (algorithm !== 'AWS4-HMAC-SHA256') {
    throw new AwsError('IncompleteSignatureException', `Unsupported AWS 'algorithm': '${algorithm}'.`);
  }
  const parts = new Map(
    rest
      .join('')
      .split(',')
      .map((part) => part.split('=', 2) as [string, string]),
  );
  const part = (name: string) => {
    const value = parts.get(name);
    if (value) return value;
    throw new AwsError('IncompleteSignatureException', `Authorization header requires '${name}' parameter.`);
  };
  return {
    credential: part('Credential'),
    signedHeaders: part('SignedHeaders').split(';'),
    signature: part('Signature'),
  };
}

function signer({ credentials, region }: SigningIdentity): SignatureV4 {
  return new SignatureV4({ credentials, region, service: 'sagemaker', sha256: Sha256, applyChecksum: false });
}

function smithyRequest({ method, path, query, headers, body }: SignedRequest, signedHeaders: readonly string[]) {
  const values: Record<string, string[]> = {};
  for (const name of query.keys()) values[name] = query.getAll(name);
  return new HttpRequest({
    method,
    path,
    query: values,
    headers: Object.fromEntries(signedHeaders.map((name) => [name, headers[name] ?? ''])),
    body,
  });
}

function checkSkew(signedAtMs: number, nowMs: number): void {
  const [earliest, latest] = [nowMs - MAX_SKEW_MS, nowMs + MAX_SKEW_MS];
  const now = formatAmzDate(nowMs);
  if (signedAtMs < earliest) {
    expired(signedAtMs, `${formatAmzDate(earliest)} (${now} - 15 min.)`);
  }
  if (signedAtMs > latest) {
    throw new AwsError(
      'InvalidSignatureException',
      `Signature not yet current: ${formatAmzDate(signedAtMs)} is still later than ${formatAmzDate(latest)} (${now} + 15 min.)`,
    );
  }
}

function checkLifetime(signedAtMs: number, expiresInSeconds: number, nowMs: number): void {
  if (!(expiresInSeconds >= 1)) {
    throw new AwsError('IncompleteSignatureException', 'X-Amz-Expires must be a number of seconds, and at least 1.');
  }
  // A request from the future is refused; one from the past lives as long as it says.
  checkSkew(Math.max(signedAtMs, nowMs), nowMs);
  const endMs = signedAtMs + expiresInSeconds * 1000;
  if (endMs < nowMs) expired(endMs, formatAmzDate(nowMs));
}

function expired(epochMs: number, bound: string): never {
  const message = `Signature expired: ${formatAmzDate(epochMs)} is now earlier than ${bound}`;
  throw new AwsError('InvalidSignatureException', message);
}

function checkSigned(signedHeaders: readonly string[], needed: readonly string[]): void {
  for (const name of needed) {
    if (signedHeaders.includes(name)) continue;
    throw new AwsError(
      'InvalidSignatureException',
      `'${name}' must be a 'SignedHeader' in the AWS Authorization: without it, it could be changed on the way.`,
    );
  }
}

/** A body that is named by its hash must be that body; the signature covers the hash alone. */
function checkBodyHash({ headers, body }: SignedRequest): void {
  const claimed = headers['x-amz-content-sha256'];
  if (claimed === undefined || claimed === createHash('sha256').update(body).digest('hex')) return;
  throw new AwsError(
    'InvalidSignatureException',
    claimed === UNSIGNED
      ? 'x-amz-content-sha256 is UNSIGNED-PAYLOAD, but SageMaker takes signed bodies alone'
      : "The provided 'x-amz-content-sha256' header does not match what was computed.",
  );
}

function checkEqual(given: string, computed: string): void {
  const [a, b] = [given, computed].map((text) => createHash('sha256').update(text).digest());
  if (timingSafeEqual(a!, b!)) return;
  throw new AwsError(
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );
}
