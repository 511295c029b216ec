import type { IncomingMessage } from 'node:http';
import { types } from 'node:util';
import type { Context } from 'koa';
import { AwsError } from '../aws-errors.ts';
import type { Gateway } from '../gateway.ts';
import { callContainer } from './call-container.ts';
import { headersForClient, headersForContainer } from './container-headers.ts';
import { findTarget, type Selection, type Target } from './find-target.ts';
import { modelError, TIMED_OUT } from './model-error.ts';

/** An invocation that was let in: what answers it, and how long it may take. */
export interface Invocation {
  readonly target: Target;
  /** Aborted by the client's going away and by the end of the time. */
  readonly signal: AbortSignal;
  readonly timeout: AbortSignal;
}

/** Finds the target, and lets the errors strike that were asked for. @throws as findTarget and Faults.check do */
export function openInvocation(ctx: Context, selection: Selection, timeoutMs: number, gateway: Gateway): Invocation {
  gateway.faults.check();
  const target = findTarget(selection, { ...gateway, random: gateway.surroundings.random });
  const timeout = AbortSignal.timeout(timeoutMs);
  return { target, timeout, signal: AbortSignal.any([timeout, clientGone(ctx)]) };
}

function clientGone(ctx: Context): AbortSignal {
  const gone = new AbortController();
  ctx.res.once('close', () => {
    if (!ctx.res.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** Whom the headers of a request to `endpointName` select. */
export function selectionOf(ctx: Context, endpointName: string): Selection {
  return {
    endpointName,
    variantName: ctx.get('x-amzn-sagemaker-target-variant') || undefined,
    componentName: ctx.get('x-amzn-sagemaker-inference-component') || undefined,
  };
}

export interface ContainerRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Posts to the container of an invocation. @returns the answer, whatever its status
 * @throws ModelError for no answer in time; ServiceUnavailable for none at all */
export async function post(
  { path, headers, body }: ContainerRequest,
  invocation: Invocation,
  gateway: Gateway,
): Promise<IncomingMessage> {
  const { target, signal } = invocation;
  try {
    return await callContainer(`${target.container.url}${path}`, { headers, body, signal });
  } catch (error) {
    throw failure(error, invocation, gateway);
  }
}

/** What a client sends to the model of an endpoint. */
export interface ModelRequest {
  readonly endpointName: string;
  readonly body: Uint8Array;
}

/** Passes a request on to the model that it selects. @returns the answer, whatever its status
 * @throws as {@link openInvocation} and {@link post} do */
export async function askModel(
  ctx: Context,
  { endpointName, body }: ModelRequest,
  timeoutMs: number,
  gateway: Gateway,
): Promise<{ readonly answer: IncomingMessage; readonly invocation: Invocation }> {
  const invocation = openInvocation(ctx, selectionOf(ctx, endpointName), timeoutMs, gateway);
  const headers = headersForContainer(ctx.headers);
  return { answer: await post({ path: '/invocations', headers, body }, invocation, gateway), invocation };
}

/** Tells the client who answered, and what the answer's headers say beside its content type. */
export function tellModel(ctx: Context, answer: IncomingMessage, { target }: Invocation): void {
  ctx.set(headersForClient(answer.headers));
  ctx.set('x-amzn-invoked-production-variant', target.variantName);
}

/** What the client is told of a container that failed. */
export function failure(error: unknown, { target, timeout }: Invocation, { resources }: Gateway): AwsError {
  const { endpoint, variantName } = target;
  if (timeout.aborted) return modelError({ status: 0, text: TIMED_OUT }, endpoint.name, resources.account);
  const reason = types.isNativeError(error) ? error.message : String(error);
  if (types.isNativeError(error) && 'code' in error && error.code === 'ECONNREFUSED') {
    return new AwsError(
      'ServiceUnavailable',
      `Variant ${variantName} of endpoint ${endpoint.name} has no container that answers: ${reason}`,
    );
  }
  return modelError({ status: 0, text: reason }, endpoint.name, resources.account);
}

export function isOk(answer: IncomingMessage): boolean {
  return answer.statusCode !== undefined && answer.statusCode >= 200 && answer.statusCode < 300;
}
