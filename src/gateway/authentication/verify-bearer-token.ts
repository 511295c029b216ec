import { AwsError } from '../aws-errors.ts';
import type { SigningIdentity } from './credentials.ts';
import { verifyPresigned } from './verify-signature.ts';

const PREFIX = 'sagemaker-api-key-';
const MAX_LIFETIME_SECONDS = 12 * 3600;

/** Verifies the token that OpenAI's clients send as their API key: a presigned CallWithBearerToken request in base64,
 * as the SageMaker SDK's generate_token makes it.
 * @throws MissingAuthenticationTokenException, UnrecognizedClientException, InvalidSignatureException, …
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints-openai-compatible.html */
export async function verifyBearerToken(
  authorization: string | undefined,
  identity: SigningIdentity,
  nowMs: number,
): Promise<void> {
  const token = /^bearer (.+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) {
    throw new AwsError(
      'MissingAuthenticationTokenException',
      'Missing Authentication Token: the OpenAI path takes `Authorization: Bearer sagemaker-api-key-…`',
    );
  }
  const url = token.startsWith(PREFIX) ? decode(token.slice(PREFIX.length)) : undefined;
  if (url === undefined || url.searchParams.get('Action') !== 'CallWithBearerToken') {
    throw new AwsError(
      'UnrecognizedClientException',
      `The bearer token is none of SageMaker's: ${PREFIX} and a presigned CallWithBearerToken request in base64`,
    );
  }
  if (Number(url.searchParams.get('X-Amz-Expires')) > MAX_LIFETIME_SECONDS) {
    throw new AwsError('InvalidSignatureException', `The bearer token is made for more than ${MAX_LIFETIME_SECONDS} s`);
  }
  // Put behind the signature, so not part of what was signed.
  url.searchParams.delete('Version');
  const request = { method: 'POST', path: url.pathname, headers: { host: url.host }, body: new Uint8Array() };
  await verifyPresigned({ ...request, query: url.searchParams }, identity, nowMs);
}

function decode(base64: string): URL | undefined {
  const text = Buffer.from(base64, 'base64').toString();
  return URL.canParse(`https://${text}`) ? new URL(`https://${text}`) : undefined;
}
