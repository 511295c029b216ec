import { Admission } from '../../../src/http/admission.ts';
import type { HttpLimits, HttpOptions } from '../../../src/http/options.ts';
import { type ListenOptions, type RunningServer, startServer } from '../../../src/http/server.ts';
import type { Services } from '../../../src/http/services.ts';
import { Sessions } from '../../../src/http/sessions.ts';
import { createMetrics } from '../../../src/observability/metrics.ts';
import { type Script, ScriptedTextGenerator } from './scripted-text-generator.ts';

export interface ServeOptions extends Script {
  readonly limits?: Partial<HttpLimits>;
  readonly http?: Partial<HttpOptions>;
  readonly listen?: Partial<ListenOptions>;
  readonly epochSeconds?: () => number;
}

export interface TestServer extends RunningServer {
  readonly generator: ScriptedTextGenerator;
  readonly services: Services;
  /** What was logged as an error. */
  readonly errors: object[];
  /** What was logged as information. */
  readonly lines: object[];
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  stop(): Promise<void>;
}

const limits: HttpLimits = {
  maxConcurrentRequests: 128,
  maxBestOf: 2,
  maxStopSequences: 4,
  maxTopNTokens: 5,
  maxTopLogprobs: 20,
  maxClientBatchSize: 4,
  maxPayloadBytes: 2_000_000,
};

/** Starts the whole HTTP layer on a free port, over a scripted generator. Strings are sent as they are, all else as JSON. */
export async function serve(options: ServeOptions = {}): Promise<TestServer> {
  const generator = new ScriptedTextGenerator(options);
  const errors: object[] = [];
  const lines: object[] = [];
  const epochSeconds = options.epochSeconds ?? (() => 1_700_000_000);
  const newId = () => 'id';
  const services: Services = {
    generator,
    options: {
      limits: { ...limits, ...options.limits },
      model: { id: 'scripted', sha: null, pipelineTag: null },
      apiKeys: [],
      corsAllowOrigins: [],
      messagesApiEnabled: false,
      grammarSupport: true,
      prefillLogprobs: false,
      computeType: 'cpu-test',
      validationWorkers: 2,
      version: '0.0.0',
      buildSha: 'abc',
      vertexRoutes: {},
      keepAliveMs: 15_000,
      ...options.http,
    },
    metrics: createMetrics({
      ...generator.limits,
      statistics: () => ({ numRunning: generator.numRunning, numWaiting: 0, numBatchTokens: 0 }),
    }),
    admission: new Admission(options.limits?.maxConcurrentRequests ?? limits.maxConcurrentRequests),
    clock: { now: () => performance.now(), epochSeconds },
    log: {
      info: (details) => void lines.push(details),
      warn() {},
      error: (details) => void errors.push(details),
    },
    newId,
    sessions: new Sessions({ lifetimeSeconds: 1200, newId, epochSeconds }),
  };
  const server = await startServer(services, { hostname: '127.0.0.1', port: 0, ...options.listen });
  return {
    ...server,
    generator,
    services,
    errors,
    lines,
    post: (path, body, headers = {}) =>
      fetch(server.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    get: (path, headers = {}) => fetch(server.url + path, { headers }),
    stop: () => server.close(1000),
  };
}

/** The data of a stream's events: JSON parsed, `[DONE]` as it is. */
export async function eventsOf(response: Response): Promise<unknown[]> {
  const text = await response.text();
  return text
    .split('\n\n')
    .filter((frame) => frame.startsWith('data: '))
    .map((frame) => frame.slice('data: '.length))
    .map((data) => (data === '[DONE]' ? data : JSON.parse(data)));
}
