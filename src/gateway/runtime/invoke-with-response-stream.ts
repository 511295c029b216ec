import type { IncomingMessage } from 'node:http';
import { PassThrough, pipeline, Readable } from 'node:stream';
import { types } from 'node:util';
import type { Context } from 'koa';
import { AwsError } from '../aws-errors.ts';
import { exceptionFrame, payloadPart } from '../event-stream.ts';
import type { Gateway } from '../gateway.ts';
import type { StreamFaultName } from './faults.ts';
import { askModel, isOk, type ModelRequest, tellModel } from './invoke.ts';
import { readModelAnswer } from './invoke-endpoint.ts';

/** InvokeEndpointWithResponseStream: each piece of the answer as it arrives.
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpointWithResponseStream.html */
export async function invokeWithResponseStream(ctx: Context, request: ModelRequest, gateway: Gateway): Promise<void> {
  const { answer, invocation } = await askModel(ctx, request, gateway.options.limits.streamMs, gateway);
  // A refusal is no stream: it is told as InvokeEndpoint tells it.
  if (!isOk(answer)) await readModelAnswer(answer, invocation, gateway);
  tellModel(ctx, answer, invocation);
  ctx.set('x-amzn-sagemaker-content-type', answer.headers['content-type'] ?? 'application/octet-stream');
  ctx.status = 200;
  ctx.body = Readable.from(frames(answer, invocation.timeout, gateway.faults.streamFault()));
  ctx.set('content-type', 'application/vnd.amazon.eventstream');
}

async function* frames(
  answer: IncomingMessage,
  timeout: AbortSignal,
  fault: StreamFaultName | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of piecesOf(answer)) {
      yield payloadPart(piece);
      if (fault !== undefined) return yield exceptionFrame(faultError(fault));
    }
  } catch (error) {
    yield exceptionFrame(brokenStream(error, timeout));
  } finally {
    answer.destroy();
  }
}

/** The answer as the container wrote it, piece by piece: a plain loop over the message joins the pieces that wait. */
function piecesOf(answer: IncomingMessage): AsyncIterable<Uint8Array> {
  const pieces = new PassThrough({ readableObjectMode: true });
  pipeline(answer, pieces, () => {}); // an error is thrown where the pieces are read
  return pieces;
}

function faultError(fault: StreamFaultName): AwsError {
  if (fault === 'ModelStreamError') return streamBroken('made to happen');
  return new AwsError(
    'InternalStreamFailure',
    'The stream processing failed because of an unknown error: made to happen',
  );
}

function brokenStream(error: unknown, timeout: AbortSignal): AwsError {
  if (!timeout.aborted) return streamBroken(types.isNativeError(error) ? error.message : String(error));
  return new AwsError('ModelStreamError', 'The model did not finish its response within the time that is allowed.', {
    ErrorCode: 'ModelInvocationTimeExceeded',
  });
}

function streamBroken(reason: string): AwsError {
  return new AwsError('ModelStreamError', `The connection to the model was reset or closed: ${reason}`, {
    ErrorCode: 'StreamBroken',
  });
}
