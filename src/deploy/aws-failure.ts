import { z } from 'zod';
import { ParlanceError } from '../errors/errors.ts';

const failureSchema = z.object({
  name: z.string(),
  message: z.string(),
  code: z.string().optional(),
  $metadata: z.object({ httpStatusCode: z.number().optional() }).optional(),
});
type AwsFailure = z.infer<typeof failureSchema>;

/** @returns what an error of the AWS SDK says; undefined for any other error */
function readAwsFailure(error: unknown): AwsFailure | undefined {
  if (!(error instanceof Error) || error instanceof ParlanceError) return undefined;
  const failure = failureSchema.parse({ ...error, name: error.name, message: error.message });
  const isOfAws =
    failure.$metadata !== undefined ||
    failure.code !== undefined ||
    /Credentials|Region/.test(failure.name + failure.message);
  return isOfAws ? failure : undefined;
}

/** Says what a failure of AWS means and what can be done; any other error is handed back as it is. */
export function describeAwsFailure(error: unknown): unknown {
  const failure = readAwsFailure(error);
  if (failure === undefined) return error;
  return new ParlanceError('aws_failed', sentenceOf(failure), { cause: error });
}

function sentenceOf({ name, message, code }: AwsFailure): string {
  if (/^(CredentialsProviderError|ProviderError)$/.test(name))
    return `there are no AWS credentials that can be used (${message}): run \`aws configure sso\` or \`aws configure\`, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`;
  if (/^(ExpiredToken|ExpiredTokenException|RequestExpired)$/.test(name))
    return `the AWS credentials have expired: log in again, such as by \`aws sso login\` (${message})`;
  if (/^(UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch)$/.test(name))
    return `AWS does not accept the credentials (${message}): check AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`;
  if (/^Region is missing/.test(message)) return 'no AWS region is set: give --region, or set AWS_REGION';
  if (/^(AccessDenied|AccessDeniedException|UnauthorizedOperation)$/.test(name))
    return `the AWS account or role lacks a permission: ${message}`;
  if (/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET)$/.test(code ?? ''))
    return `AWS can't be reached (${message || code}): check the network, the region and AWS_ENDPOINT_URL`;
  return `${name}: ${message}`;
}

/** Whether a request failed because what it names isn't there.
 * SageMaker says so in the message of a ValidationException alone. */
export function isMissing(error: unknown): boolean {
  const failure = readAwsFailure(error);
  return (
    failure !== undefined &&
    (/NotFound/.test(failure.name) ||
      (/^Validation/.test(failure.name) && /could not find|does not exist|not found/i.test(failure.message)))
  );
}

/** @returns the answer, or `fallback` where what was asked for isn't there @throws any other failure */
export async function unlessMissing<T, F>(request: Promise<T>, fallback: F): Promise<T | F> {
  try {
    return await request;
  } catch (error) {
    if (isMissing(error)) return fallback;
    throw error;
  }
}

/** @returns the answer, or `fallback` where a stand-in of AWS doesn't have the operation, or not the service at all
 * @throws any other failure */
export async function unlessUnknown<T, F>(request: Promise<T>, fallback: F): Promise<T | F> {
  try {
    return await request;
  } catch (error) {
    const failure = readAwsFailure(error);
    if (failure !== undefined && isUnknown(failure)) return fallback;
    throw error;
  }
}

/** A stand-in of one service refuses the scope of another's signature, answers in a protocol of its own, or with a page
 * that tells of its bug. */
function isUnknown({ name, message, $metadata }: AwsFailure): boolean {
  return (
    name === 'UnknownOperationException' ||
    $metadata?.httpStatusCode === 501 ||
    /scoped to correct service|XML parse error|<!doctype/i.test(message)
  );
}
