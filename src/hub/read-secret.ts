import { Sha256 } from '@aws-crypto/sha256-js';
import { S3Client } from '@aws-sdk/client-s3';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { ParlanceError } from '../errors/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A value, or a failure in either of AWS's spellings. */
interface SecretAnswer {
  readonly SecretString?: string;
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
}

const timeoutMs = 10_000;

/** Reads a token from AWS Secrets Manager, with the credentials that the AWS SDK finds: a container's role.
 * @param secret name or ARN. Its value is the token, or JSON with it under HF_TOKEN
 * @throws invalid_setting with AWS's reason, such as AccessDeniedException, and what to do
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
export async function readSecret(secret: string, environment: Environment): Promise<string> {
  const region = secret.split(':')[3] ?? environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION;
  if (region === undefined) throw refusal(secret, 'its region is not known: give its ARN, or set AWS_REGION');
  const response = await send(secret, region, environment).catch((error: unknown) => {
    throw refusal(secret, error instanceof Error ? error.message : String(error));
  });
  const body = (await response.json().catch(() => ({}))) as SecretAnswer;
  if (!response.ok) {
    const kind = body.__type?.split('#').at(-1) ?? `status ${response.status}`;
    throw refusal(secret, `${kind}: ${body.message ?? body.Message ?? 'no reason given'}; ${advice(kind)}`);
  }
  const token = tokenOf(body.SecretString ?? '');
  if (token === undefined) throw refusal(secret, 'it holds no token: expected a text, or JSON with HF_TOKEN');
  return token;
}

/** One signed request: a whole client for one call would be a package more in the image. */
async function send(secret: string, region: string, environment: Environment): Promise<Response> {
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const given = environment.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? environment.AWS_ENDPOINT_URL;
  const url = new URL(given ?? `https://secretsmanager.${region}.${domain}`);
  const client = new S3Client({ region });
  const signer = new SignatureV4({
    service: 'secretsmanager',
    region,
    credentials: client.config.credentials,
    sha256: Sha256,
  });
  const body = JSON.stringify({ SecretId: secret });
  const { headers } = await signer.sign(
    new HttpRequest({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      path: '/',
      headers: {
        host: url.host,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'secretsmanager.GetSecretValue',
      },
      body,
    }),
  );
  return fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(timeoutMs) });
}

function tokenOf(value: string): string | undefined {
  if (!value.trim().startsWith('{')) return value.trim() || undefined;
  const fields = parse(value);
  return typeof fields.HF_TOKEN === 'string' ? fields.HF_TOKEN.trim() || undefined : undefined;
}

function parse(value: string): { readonly HF_TOKEN?: unknown } {
  try {
    return JSON.parse(value);
  } catch {
    return {};
  }
}

function advice(kind: string): string {
  if (kind === 'ResourceNotFoundException') return 'make it by aws secretsmanager create-secret';
  if (kind === 'AccessDeniedException') return 'the role needs secretsmanager:GetSecretValue on it';
  return 'see the credentials and the region';
}

function refusal(secret: string, reason: string): ParlanceError {
  const param = 'HF_TOKEN_SECRET';
  return new ParlanceError('invalid_setting', `${param} ${secret} can't be read: ${reason}`, { param });
}
