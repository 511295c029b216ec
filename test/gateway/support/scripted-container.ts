import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface TakenRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface ScriptedContainer {
  readonly url: string;
  /** What it was asked, in order. */
  readonly requests: readonly TakenRequest[];
  close(): Promise<void>;
}

/** What a container answers; it may leave the answer open, or break it off. */
export type Script = (request: TakenRequest, response: ServerResponse) => void | Promise<void>;

/** A container that answers as a test says: for failures that no model makes on demand. */
export async function scriptedContainer(script: Script): Promise<ScriptedContainer> {
  const requests: TakenRequest[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const taken = { path: request.url!, headers: request.headers, body: Buffer.concat(chunks).toString() };
    requests.push(taken);
    await script(taken, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Answers every request with this JSON. */
export function always(value: unknown, status = 200): Script {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
}
