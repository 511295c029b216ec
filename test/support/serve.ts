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
  return start(flags, env, async ({ base }) => (await fetch(`${base}/health`).catch(() => undefined))?.ok === true);
}

/** As {@link serve}, with TLS flags: healthy once its log says so, since asking may take a certificate. */
export async function serveTls(flags: readonly string[]): Promise<ServedModel> {
  const served = await start(flags, {}, async ({ log }) => log().includes('ready after'));
  return { ...served, base: served.base.replace('http:', 'https:') };
}

/** Starts `parlance gateway` and waits until it answers. @throws as {@link serve} */
export async function openGateway(flags: readonly string[], env: Record<string, string> = {}): Promise<ServedModel> {
  const isOpen: IsHealthy = async ({ base }) => (await fetch(`${base}/ping`).catch(() => undefined))?.ok === true;
  return start(flags, env, isOpen, 'gateway');
}

type IsHealthy = (served: ServedModel) => Promise<boolean>;

async function start(
  flags: readonly string[],
  env: Record<string, string>,
  isHealthy: IsHealthy,
  command: 'serve' | 'gateway' = 'serve',
): Promise<ServedModel> {
  const port = await freePort();
  const child = spawn(process.execPath, [BINARY, command, '--port', String(port), ...flags], {
    env: { ...process.env, HOSTNAME: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stdout.on('data', (data) => (log += data));
  child.stderr.on('data', (data) => (log += data));
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  const served = { base: `http://127.0.0.1:${port}`, process: child, log: () => log, stop };
  while (child.exitCode === null) {
    if (await isHealthy(served)) return served;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`the server ended before it was healthy:\n${log}`);
}
