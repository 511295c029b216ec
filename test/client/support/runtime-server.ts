import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { EventStreamCodec } from '@smithy/eventstream-codec';
import { fromUtf8, toUtf8 } from '@smithy/util-utf8';

const codec = new EventStreamCodec(toUtf8, fromUtf8);

export interface RuntimeRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Record<string, unknown>;
  /** Resolves when the client has gone, or the answer has ended. */
  readonly closed: Promise<unknown>;
}

/** Answers a request, in the way of SageMaker's runtime. */
export type RuntimeAnswer = (request: RuntimeRequest, response: ServerResponse) => Promise<void> | void;

/** Listens on a free port as SageMaker's runtime, and answers by what `answer` says. */
export async function startRuntime(answer: RuntimeAnswer): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request)) as Record<string, unknown>;
    const closed = once(response, 'close');
    await answer({ path: request.url!, headers: request.headers, body, closed }, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

export function startEventStream(response: ServerResponse, contentType = 'text/event-stream'): void {
  response.writeHead(200, {
    'content-type': 'application/vnd.amazon.eventstream',
    'x-amzn-sagemaker-content-type': contentType,
    'x-amzn-invoked-production-variant': 'AllTraffic',
  });
}

export function payloadPart(bytes: Uint8Array): Uint8Array {
  return codec.encode({
    headers: {
      ':message-type': { type: 'string', value: 'event' },
      ':event-type': { type: 'string', value: 'PayloadPart' },
      ':content-type': { type: 'string', value: 'application/octet-stream' },
    },
    body: bytes,
  });
}

export function exceptionPart(name: string, body: Record<string, string>): Uint8Array {
  return codec.encode({
    headers: {
      ':message-type': { type: 'string', value: 'exception' },
      ':exception-type': { type: 'string', value: name },
      ':content-type': { type: 'string', value: 'application/json' },
    },
    body: fromUtf8(JSON.stringify(body)),
  });
}

/** Refuses a request as SageMaker does. */
export function refuse(response: ServerResponse, status: number, name: string, body: Record<string, unknown>): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': name });
  response.end(JSON.stringify(body));
}
