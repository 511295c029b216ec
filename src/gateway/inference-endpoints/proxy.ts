import { type IncomingMessage, request } from 'node:http';
import type { Context } from 'koa';
import type { Gateway } from '../gateway.ts';
import { type HubEndpoint, stateOf } from './hub-endpoint.ts';
import { HubError } from './hub-error.ts';

/** What belongs to one connection, not to the message. */
const HOP_HEADERS = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'host', 'authorization'];

/** Passes a request on to the container of an endpoint, whatever it is, and its answer back.
 * @param base path that the endpoint is served at
 * @throws HubError 503 while it starts, 400 while it is paused, 502 for a container that does not answer */
export async function proxyToEndpoint(
  ctx: Context,
  endpoint: HubEndpoint,
  base: string,
  { hubEndpoints, surroundings }: Gateway,
): Promise<void> {
  hubEndpoints.wake(endpoint);
  await holdBack(ctx, endpoint);
  const { container } = endpoint.deployment;
  if (container === undefined) {
    const state = stateOf(endpoint);
    if (state === 'initializing') ctx.set('retry-after', '1');
    throw new HubError(
      state === 'initializing' ? 503 : 400,
      `Endpoint ${JSON.stringify(endpoint.request.name)} is ${state}`,
    );
  }
  endpoint.askedAt = surroundings.now();
  const path = (ctx.req.url ?? '/').slice(base.length) || '/';
  const answer = await forward(ctx, `${container.url}${path}`);
  ctx.status = answer.statusCode ?? 502;
  for (const [name, value] of Object.entries(withoutHops(answer.headers)))
    if (value !== undefined) ctx.set(name, value);
  ctx.body = answer;
  answer.once('close', () => {
    endpoint.askedAt = surroundings.now();
  });
}

/** Waits for an endpoint that starts as long as the client says.
 * @see https://huggingface.co/docs/inference-endpoints/guides/autoscaling (X-Scale-Up-Timeout) */
async function holdBack(ctx: Context, { deployment }: HubEndpoint): Promise<void> {
  const seconds = Number(ctx.get('x-scale-up-timeout') || 0);
  if (deployment.state.kind !== 'starting' || !(seconds > 0)) return;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, seconds * 1000);
  });
  await Promise.race([deployment.settled(), patience]);
  clearTimeout(timer);
}

function forward(ctx: Context, url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: ctx.method, headers: withoutHops(ctx.req.headers) });
    outgoing.once('response', resolve);
    outgoing.once('error', (error) => reject(new HubError(502, `The container does not answer: ${error.message}`)));
    ctx.res.once('close', () => outgoing.destroy());
    ctx.req.pipe(outgoing);
  });
}

function withoutHops(headers: IncomingMessage['headers']) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_HEADERS.includes(name)));
}
