import { type IncomingMessage, request } from 'node:http';
import { request as secureRequest } from 'node:https';

export interface ContainerCall {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Ends the call and its answer. */
  readonly signal: AbortSignal;
}

/** Posts to a container. @returns its answer as soon as its headers are there @throws what Node's request emits */
export function callContainer(url: string, { headers, body, signal }: ContainerCall): Promise<IncomingMessage> {
  const send = url.startsWith('https:') ? secureRequest : request;
  const options = { method: 'POST', headers: { ...headers, 'content-length': body.length }, signal };
  return new Promise((resolve, reject) => {
    // A connection of its own: one that is kept may be closed by the container just as the request is sent.
    const outgoing = send(url, { ...options, agent: false });
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** Reads a whole answer. @throws RangeError for one that has more than `maxBytes`; what the connection throws */
export async function readAnswer(answer: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let numBytes = 0;
  for await (const chunk of answer) {
    numBytes += chunk.length;
    if (numBytes > maxBytes) throw new RangeError(`the answer has more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
