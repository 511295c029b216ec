import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pythonEnvironment } from '../../support/python.ts';
import { freePort } from '../../support/serve.ts';

/** moto's S3, behind a proxy that sees what is asked for and can cut an answer. */
export class MotoServer {
  readonly ranges: string[] = [];
  /** The next answers with parts of shards are cut after so many bytes. */
  readonly cutsAfter: number[] = [];
  /** `bin` of the Python environment, which has boto3. */
  readonly python: string;
  readonly #moto: ChildProcess;
  readonly #motoPort: number;
  readonly #proxy: Server;

  private constructor(python: string, moto: ChildProcess, motoPort: number) {
    this.python = python;
    this.#moto = moto;
    this.#motoPort = motoPort;
    this.#proxy = createServer((incoming, outgoing) => this.#forward(incoming, outgoing));
  }

  static async start(): Promise<MotoServer> {
    const python = pythonEnvironment('moto-5.2.1', ['moto[s3,server]==5.2.1']);
    const port = await freePort();
    const process = spawn(join(python, 'moto_server'), ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    const server = new MotoServer(python, process, port);
    await new Promise<void>((listening) => server.#proxy.listen(0, '127.0.0.1', listening));
    while (
      !(await fetch(`http://127.0.0.1:${port}/moto-api/`).then(
        (response) => response.ok,
        () => false,
      ))
    )
      await new Promise((passed) => setTimeout(passed, 50));
    return server;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#proxy.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#proxy.closeAllConnections();
    await new Promise((closed) => this.#proxy.close(closed));
    const ended = new Promise((done) => this.#moto.once('exit', done));
    this.#moto.kill();
    await ended;
  }

  #forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method, url, headers } = incoming;
    const isRange = method === 'GET' && headers.range !== undefined;
    if (isRange) this.ranges.push(headers.range!);
    const cutAfter = isRange && /\d\.safetensors/.test(url ?? '') ? this.cutsAfter.shift() : undefined;
    const onward = request({ host: '127.0.0.1', port: this.#motoPort, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      if (cutAfter === undefined) return void answer.pipe(outgoing);
      let numBytes = 0;
      answer.on('data', (chunk: Buffer) => {
        outgoing.write(chunk.subarray(0, Math.max(0, cutAfter - numBytes)));
        numBytes += chunk.length;
        if (numBytes >= cutAfter) setImmediate(() => outgoing.destroy());
      });
    });
    incoming.pipe(onward);
  }
}
