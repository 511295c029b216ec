import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { resolve } from 'node:path';

const BINARY = resolve(import.meta.dirname, '../../bin/parlance.js');

export interface ServedModel {
  readonly base: string;
  readonly process: ChildProcess;
  /** What the server has logged so far. */
  log(): string;
  /** Sends SIGTERM. @returns the exit code */
  stop(): Promise<number | null>;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Starts `parlance serve` as a user would and waits until it is healthy.
 * @param flags without the port, which is chosen here
 * @throws with the log where the server ends before it is healthy */
export async function serve(flags: readonly string[], env: Record<string, string> = {}): Promise<ServedModel> {
  const port = await freePort();
  const child = spawn(process.execPath, [BINARY, 'serve', '--port', String(port), ...flags], {
    env: { ...process.env, HOSTNAME: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stdout.on('data', (data) => (log += data));
  child.stderr.on('data', (data) => (log += data));
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const base = `http://127.0.0.1:${port}`;
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  await healthy(base, ended, () => log);
  return { base, process: child, log: () => log, stop };
}

async function healthy(base: string, ended: Promise<number | null>, log: () => string): Promise<void> {
  let isEnded = false;
  void ended.then(() => {
    isEnded = true;
  });
  while (!isEnded) {
    const response = await fetch(`${base}/health`).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`the server ended before it was healthy:\n${log()}`);
}
