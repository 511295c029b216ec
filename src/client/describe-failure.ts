import { z } from 'zod';
import { SageMakerChatError } from './chat-error.ts';

const awsError = z.object({
  name: z.string(),
  message: z.string().default(''),
  ErrorCode: z.string().optional(),
  OriginalStatusCode: z.number().optional(),
  OriginalMessage: z.string().optional(),
  code: z.string().optional(),
  $metadata: z.object({ httpStatusCode: z.number().optional() }).default({}),
});
type AwsError = z.infer<typeof awsError>;

/** What SageMaker answers while there is nothing to serve the request yet, or too little of it. */
const TRANSIENT_NAMES = new Set([
  'ModelNotReadyException',
  'ThrottlingException',
  'TooManyRequestsException',
  'ServiceUnavailable',
  'InternalFailure',
  'InternalDependencyException',
  'InternalStreamFailure',
  'TimeoutError',
]);
/** A container that is loading its model answers 503, and one whose queue is full 429. */
const TRANSIENT_STATUSES = new Set([429, 502, 503, 504]);
/** An inference component that is scaled to zero is a ValidationError, told apart by its message alone. */
const NO_CAPACITY = /no capacity to process this request|NoCapacity/i;
const CONNECTION_CODES = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|UND_ERR_\w+)$/;

/** Says what went wrong in a call of SageMaker's runtime, and whether it may pass.
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpointWithResponseStream.html */
export function describeFailure(error: unknown): SageMakerChatError {
  if (error instanceof SageMakerChatError) return error;
  const parsed = awsError.safeParse(fieldsOf(error));
  if (!parsed.success) return new SageMakerChatError('unknown', String(error), { cause: error });
  const aws = parsed.data;
  return new SageMakerChatError(aws.name === 'Error' ? (aws.code ?? aws.name) : aws.name, messageOf(aws), {
    status: aws.OriginalStatusCode ?? aws.$metadata.httpStatusCode,
    isTransient: isTransient(aws),
    cause: error,
  });
}

function isTransient({ name, message, code, ErrorCode, OriginalStatusCode, $metadata }: AwsError): boolean {
  if (name === 'ModelError') return TRANSIENT_STATUSES.has(OriginalStatusCode ?? 0);
  if (name === 'ModelStreamError') return ErrorCode === 'StreamBroken';
  return (
    TRANSIENT_NAMES.has(name) ||
    NO_CAPACITY.test(message) ||
    CONNECTION_CODES.test(code ?? '') ||
    TRANSIENT_STATUSES.has($metadata.httpStatusCode ?? 0)
  );
}

function messageOf({ name, message, ErrorCode, OriginalStatusCode, OriginalMessage }: AwsError): string {
  if (name === 'ModelError' && OriginalMessage !== undefined)
    return `the model answered ${OriginalStatusCode}: ${OriginalMessage}`;
  return ErrorCode === undefined ? message || name : `${ErrorCode}: ${message}`;
}

/** The fields of an Error are not enumerable, and the SDK spells the message `Message` in streams. */
function fieldsOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const message = error.message || ('Message' in error ? error.Message : '');
  return { ...error, name: error.name, message };
}
