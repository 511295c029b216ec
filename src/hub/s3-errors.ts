import { ParlanceError } from '../errors/errors.ts';
import { TransientError } from './blob-source.ts';
import { formatS3Location, type S3Location } from './s3-location.ts';

interface SdkFailure {
  readonly name: string;
  readonly message: string;
  readonly status: number | undefined;
  readonly isTransient: boolean;
}

/** Says what a failure of the SDK means and what can be done; TransientError where it may pass. */
export function s3Error(error: unknown, location: S3Location): unknown {
  if (error instanceof ParlanceError || error instanceof TransientError) return error;
  const failure = readFailure(error);
  if (failure === undefined) return error;
  const { name, message, status, isTransient } = failure;
  const place = formatS3Location(location);
  const invalid = (text: string) => new ParlanceError('invalid_setting', text, { param: 'model-id', cause: error });
  if (isTransient) return new TransientError(`${place}: ${message}`, { cause: error });
  if (name === 'NoSuchBucket') return invalid(`there is no bucket ${location.bucket}: check ${place}`);
  if (name === 'CredentialsProviderError')
    return invalid(
      `there are no AWS credentials to read ${place} with: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a ` +
        'profile by AWS_PROFILE, or give the machine a role',
    );
  if (/^Expired/.test(name)) return invalid(`the AWS credentials to read ${place} with have expired: get new ones`);
  if (name === 'InvalidAccessKeyId' || name === 'SignatureDoesNotMatch')
    return invalid(`the AWS credentials to read ${place} with are wrong (${name}): check them`);
  if (/Region is missing/.test(message)) return invalid(`the region of ${place} is not known: set AWS_REGION`);
  if (status === 412)
    return new ParlanceError('download_failed', `${place} was changed while it was downloaded: start again`);
  if (status === 401 || status === 403)
    return invalid(
      `${place} may not be read (${name}: ${message}): the AWS identity needs s3:ListBucket on ${location.bucket} ` +
        'and s3:GetObject on its objects',
    );
  return new ParlanceError('download_failed', `${place}: ${name}: ${message}`, { cause: error });
}

const transientNames = /^(TimeoutError|NetworkingError|SlowDown|Throttling|RequestTimeout|ServiceUnavailable)/;
const transientCodes = /^(ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|ENETUNREACH|EHOSTUNREACH|ERR_STREAM)/;

function readFailure(error: unknown): SdkFailure | undefined {
  if (typeof error !== 'object' || error === null || !('name' in error) || !('message' in error)) return undefined;
  const name = String(error.name);
  const status = statusOf(error);
  const code = 'code' in error ? String(error.code) : '';
  const isTransient =
    transientNames.test(name) || transientCodes.test(code) || status === 429 || (status !== undefined && status >= 500);
  return { name, message: String(error.message) || code, status, isTransient };
}

function statusOf(error: object): number | undefined {
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
