import { setMaxListeners } from 'node:events';
import { Readable } from 'node:stream';
import type { Context, Middleware } from 'koa';
import { errorTable } from '../errors/errors.ts';
import type { FailureLine } from '../observability/log-lines.ts';
import { authenticate } from './authenticate.ts';
import type { Dialect } from './dialects/dialect.ts';
import { readJson } from './json/read-json.ts';
import { toJson } from './json/to-json.ts';
import type { Answer, RequestContext, Route } from './route.ts';
import type { Services } from './services.ts';
import { encodeEvents } from './sse.ts';
import { toParlanceError } from './to-parlance-error.ts';

/** One request: its permits, its counters, and whether its client is still there. */
interface Exchange extends RequestContext {
  readonly route: Route;
  /** Gives all permits back. */
  release(): void;
}

/** Turns a route into Koa middleware: key, body, answer, permits, metrics. Errors are left to the middleware above,
 * but for those of a stream that has begun. */
export function createHandler(route: Route, services: Services): Middleware {
  return async (ctx) => {
    if (typeof route.dialect !== 'function') ctx.state.dialect = route.dialect;
    for (const name of route.echoedHeaders ?? []) if (ctx.get(name) !== '') ctx.set(name, ctx.get(name));
    if (!route.isOpen) authenticate(ctx.get('authorization'), services.options.apiKeys);
    const exchange = beginExchange(ctx, route, services);
    try {
      const answer = await respond(ctx, exchange);
      send(ctx, answer, exchange);
      if (answer.kind !== 'stream') endExchange(exchange);
    } catch (error) {
      endExchange(exchange, error);
      throw error;
    }
  };
}

function beginExchange(ctx: Context, route: Route, services: Services): Exchange {
  const releases: (() => void)[] = [];
  const release = () => {
    for (const giveBack of releases.splice(0)) giveBack();
  };
  const client = new AbortController();
  // Each of a request's generations listens: Node would take more than ten for a leak.
  setMaxListeners(0, client.signal);
  ctx.state.signal = client.signal;
  ctx.res.once('close', () => {
    release();
    if (!ctx.res.writableFinished) client.abort();
  });
  if (route.isGeneration) services.metrics.increment('tgi_request_count');
  return {
    route,
    services,
    params: ctx.params ?? {},
    header: (name) => ctx.get(name),
    signal: client.signal,
    startedAtMs: services.clock.now(),
    admit: (numGenerations) => releases.push(services.admission.admit(numGenerations)),
    release,
  };
}

async function respond(ctx: Context, exchange: Exchange): Promise<Answer> {
  const { route, services } = exchange;
  if (route.method !== 'POST') return route.respond(undefined, exchange);
  const body = await readJson(ctx.req, services.options.limits.maxPayloadBytes);
  if (typeof route.dialect === 'function') ctx.state.dialect = route.dialect(body);
  return route.respond(body, exchange);
}

/** Releases what the request held, and counts and logs how it ended; one whose client went away is neither success nor failure. */
function endExchange({ route, services, signal, startedAtMs, release }: Exchange, error?: unknown): void {
  release();
  if (!route.isGeneration || signal.aborted) return;
  if (error !== undefined) {
    const line: FailureLine = { event: 'failure', errorType: errorTable[toParlanceError(error).code].tgiType };
    services.metrics.increment('tgi_request_failure', { err: line.errorType });
    services.log.info(line, 'failed');
    return;
  }
  services.metrics.increment('tgi_request_success');
  services.metrics.observe('tgi_request_duration', (services.clock.now() - startedAtMs) / 1000);
}

function send(ctx: Context, answer: Answer, exchange: Exchange): void {
  switch (answer.kind) {
    case 'json':
      ctx.status = 200;
      ctx.set({ ...answer.headers });
      ctx.type = 'application/json';
      ctx.body = toJson(answer.body);
      return;
    case 'stream':
      ctx.status = 200;
      ctx.set({ ...answer.headers, 'cache-control': 'no-cache' });
      ctx.type = 'text/event-stream';
      ctx.body = Readable.from(
        encodeEvents(eventData(answer.events, ctx.state.dialect, exchange), exchange.services.options.keepAliveMs),
      );
      ctx.flushHeaders();
      return;
    case 'content':
      ctx.type = answer.type;
      ctx.body = answer.content;
      return;
    case 'redirect':
      ctx.status = 303;
      ctx.set('location', answer.location);
      return;
    case 'empty':
      ctx.status = 200;
      ctx.body = '';
      return;
  }
}

/** The data of a stream's events. A failure becomes the last event but the end, for the status is already sent. */
async function* eventData(events: AsyncIterable<object>, dialect: Dialect, exchange: Exchange) {
  try {
    for await (const event of events) yield toJson(event);
    endExchange(exchange);
  } catch (error) {
    endExchange(exchange, error);
    if (exchange.signal.aborted) return;
    yield toJson(dialect.errorBody(toParlanceError(error, exchange.services.log)));
  }
  if (dialect.endOfStream !== undefined) yield dialect.endOfStream;
}
