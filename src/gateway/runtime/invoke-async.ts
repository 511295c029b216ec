import type { Context } from 'koa';
import { AwsError } from '../aws-errors.ts';
import type { Gateway } from '../gateway.ts';
import { headersForContainer } from './container-headers.ts';
import { openInvocation, post, selectionOf } from './invoke.ts';
import { readModelAnswer } from './invoke-endpoint.ts';

/** SageMaker's: 15 minutes, and at most an hour; requests wait for up to 6. */
const DEFAULT_TIMEOUT_SECONDS = 900;
const MAX_TIMEOUT_SECONDS = 3600;
const MAX_TTL_SECONDS = 21_600;

/** InvokeEndpointAsync: takes the request, and writes what becomes of it to the folder that stands in for S3.
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpointAsync.html */
export async function invokeAsync(ctx: Context, endpointName: string, gateway: Gateway): Promise<void> {
  const input = ctx.get('x-amzn-sagemaker-inputlocation');
  if (input === '') throw new AwsError('ValidationError', 'InputLocation is missing: an s3:// address');
  const timeoutSeconds = seconds(ctx, 'InvocationTimeoutSeconds', DEFAULT_TIMEOUT_SECONDS, MAX_TIMEOUT_SECONDS);
  // Nothing waits in a queue here, so that nothing expires there.
  seconds(ctx, 'RequestTTLSeconds', MAX_TTL_SECONDS, MAX_TTL_SECONDS);
  const selection = selectionOf(ctx, endpointName);
  const invocation = openInvocation(ctx, selection, timeoutSeconds * 1000, gateway);
  const places = gateway.resources.endpoints.get(endpointName).asyncOutput;
  if (places === undefined) {
    throw new AwsError(
      'ValidationError',
      `Endpoint ${endpointName} has no AsyncInferenceConfig: it takes no asynchronous invocations.`,
    );
  }
  const name = gateway.surroundings.newId();
  const inferenceId = ctx.get('x-amzn-sagemaker-inference-id') || gateway.surroundings.newId();
  const outputLocation = `${places.outputPath.replace(/\/$/, '')}/${name}.out`;
  const failureLocation = `${places.failurePath.replace(/\/$/, '')}/${name}-error.out`;
  const headers = headersForContainer(ctx.headers);
  ctx.set({ 'x-amzn-sagemaker-outputlocation': outputLocation, 'x-amzn-sagemaker-failurelocation': failureLocation });
  ctx.status = 202;
  ctx.body = { InferenceId: inferenceId };
  // Only the time ends it: the client has its answer already.
  const detached = { ...invocation, signal: invocation.timeout };
  const answer = async () => {
    const body = await gateway.s3.read(input);
    return readModelAnswer(await post({ path: '/invocations', headers, body }, detached, gateway), detached, gateway);
  };
  answer()
    .then((payload) => gateway.s3.write(outputLocation, payload))
    .catch((error: Error) => gateway.s3.write(failureLocation, error.message))
    .catch((err) => gateway.surroundings.log.error({ err }, `${failureLocation} could not be written`));
}

/** @throws ValidationError for a number out of range */
function seconds(ctx: Context, name: string, standard: number, most: number): number {
  const text = ctx.get(`x-amzn-sagemaker-${name}`);
  const value = text === '' ? standard : Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new AwsError('ValidationError', `${name} must be an integer from 1 to ${most}, not '${text}'.`);
}
