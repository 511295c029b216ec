import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import type { Gateway } from '../gateway.ts';
import { readAnswer } from './call-container.ts';
import { askModel, failure, type Invocation, isOk, type ModelRequest, tellModel } from './invoke.ts';
import { modelError } from './model-error.ts';

/** InvokeEndpoint: the container's whole answer.
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html */
export async function invokeEndpoint(ctx: Context, request: ModelRequest, gateway: Gateway): Promise<void> {
  const { answer, invocation } = await askModel(ctx, request, gateway.options.limits.responseMs, gateway);
  const payload = await readModelAnswer(answer, invocation, gateway);
  tellModel(ctx, answer, invocation);
  ctx.status = 200;
  ctx.body = payload;
  ctx.set('content-type', answer.headers['content-type'] ?? 'application/octet-stream');
}

/** Reads the whole answer of a model. @throws ModelError for one that refuses, breaks off, or is too large */
export async function readModelAnswer(
  answer: IncomingMessage,
  invocation: Invocation,
  gateway: Gateway,
): Promise<Buffer> {
  const { limits } = gateway.options;
  const payload = await readAnswer(answer, limits.payloadBytes).catch((error) => {
    throw failure(error, invocation, gateway);
  });
  if (isOk(answer)) return payload;
  const refusal = { status: answer.statusCode ?? 0, text: payload.toString() };
  throw modelError(refusal, invocation.target.endpoint.name, gateway.resources.account);
}
