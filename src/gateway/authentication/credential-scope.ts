import { AwsError } from '../aws-errors.ts';
import type { SigningIdentity } from './credentials.ts';

const SERVICE = 'sagemaker';

/** Holds `KEY/DATE/REGION/SERVICE/aws4_request` against the identity.
 * @param credential of an Authorization header or of X-Amz-Credential
 * @param day that the request was signed on, YYYYMMDD
 * @throws IncompleteSignatureException, UnrecognizedClientException, InvalidSignatureException */
export function checkScope(credential: string, day: string, { credentials, region }: SigningIdentity): void {
  const [keyId, date, scopeRegion, service, terminator, ...rest] = credential.split('/');
  if (terminator !== 'aws4_request' || rest.length > 0) {
    throw new AwsError(
      'IncompleteSignatureException',
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  if (keyId !== credentials.accessKeyId) {
    throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  if (date !== day) {
    throw new AwsError(
      'InvalidSignatureException',
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${day}'`,
    );
  }
  if (scopeRegion !== region) {
    throw new AwsError('InvalidSignatureException', `Credential should be scoped to a valid region: '${region}'.`);
  }
  if (service !== SERVICE) {
    throw new AwsError('InvalidSignatureException', `Credential should be scoped to correct service: '${SERVICE}'.`);
  }
}

/** @throws UnrecognizedClientException where the identity is a temporary one and the request has another session token */
export function checkSessionToken(token: string | undefined, { credentials }: SigningIdentity): void {
  if (credentials.sessionToken === undefined || token === credentials.sessionToken) return;
  throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
}
