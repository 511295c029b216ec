import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Container } from './container.ts';

export interface ContainerSpec {
  /** For the log. */
  readonly name: string;
  /** All that the container gets to see of its environment, beside {@link CARRIED}. */
  readonly environment: Readonly<Record<string, string>>;
  readonly healthPath: string;
  /** How long it may take to become healthy. */
  readonly healthTimeoutMs: number;
}

/** Why a container did not start; the message ends with what it logged last. */
export class ContainerFailure extends Error {
  override readonly name = 'ContainerFailure';
}

/** What of the gateway's own environment its containers share: where programs, caches and proxies are found. */
const CARRIED = [
  'PATH',
  'HOME',
  'LANG',
  'TMPDIR',
  'XDG_CACHE_HOME',
  'HF_HOME',
  'HF_HUB_CACHE',
  'HF_HUB_OFFLINE',
  'HF_ENDPOINT',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'PARLANCE_THREADS',
];

/** SageMaker gives up on a ping after 2 s. */
const PING_TIMEOUT_MS = 2000;
const PING_EVERY_MS = 100;
/** SageMaker kills 30 s after it asked to end. */
const KILL_AFTER_MS = 30_000;
const LOG_LINES = 200;
const TAIL_LINES = 8;

const living = new Set<ChildProcess>();

/** Kills what still runs, for a gateway that dies of an error of its own. */
export function killContainers(): void {
  for (const child of living) child.kill('SIGKILL');
}

/** Starts a process as SageMaker starts a container, and waits until it is healthy.
 * @param command program and arguments
 * @param signal ends the wait and the process
 * @param onLine gets each line that it logs
 * @throws ContainerFailure where it ends early, or is not healthy in time */
export async function startContainer(
  command: readonly string[],
  spec: ContainerSpec,
  { signal, onLine }: { readonly signal: AbortSignal; readonly onLine: (line: string) => void },
): Promise<Container> {
  const port = await freePort();
  const child = spawn(command[0]!, command.slice(1), {
    env: { ...carriedEnvironment(), ...spec.environment, HOSTNAME: '127.0.0.1', SAGEMAKER_BIND_TO_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const container = processContainer(child, `http://127.0.0.1:${port}`, onLine);
  try {
    await untilHealthy(child, container, spec, signal);
    return container;
  } catch (error) {
    await container.stop();
    throw error;
  }
}

function carriedEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    CARRIED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

function processContainer(child: ChildProcess, url: string, onLine: (line: string) => void): Container {
  const lines: string[] = [];
  for (const output of [child.stdout, child.stderr]) {
    readLines(output!, (line) => {
      lines.push(line);
      if (lines.length > LOG_LINES) lines.shift();
      onLine(line);
    });
  }
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', (error) => {
      lines.push(error.message);
      resolve();
    });
  });
  living.add(child);
  ended.then(() => living.delete(child));
  return {
    url,
    logTail: () => lines,
    async stop() {
      const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(timer);
    },
  };
}

function readLines(output: Readable, onLine: (line: string) => void): void {
  createInterface({ input: output, crlfDelay: Number.POSITIVE_INFINITY }).on('line', onLine);
}

async function untilHealthy(
  child: ChildProcess,
  container: Container,
  { healthPath, healthTimeoutMs }: ContainerSpec,
  signal: AbortSignal,
): Promise<void> {
  const isOver = AbortSignal.timeout(healthTimeoutMs);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let lastAnswer = 'no answer';
  while (
    !signal.aborted &&
    !isOver.aborted &&
    child.exitCode === null &&
    child.signalCode === null &&
    child.pid !== undefined
  ) {
    const answer = await ping(`${container.url}${healthPath}`);
    if (answer === 200) return;
    lastAnswer = String(answer);
    await Promise.race([sleep(PING_EVERY_MS), ended]);
  }
  if (signal.aborted) throw new ContainerFailure('ended before it was healthy');
  // What it said last may still be in the pipe.
  if (!isOver.aborted) await ended;
  const what = isOver.aborted
    ? `${healthPath} did not answer 200 within ${healthTimeoutMs / 1000} s (last: ${lastAnswer})`
    : `it ended with ${child.signalCode ?? `exit code ${child.exitCode}`} before ${healthPath} answered 200`;
  throw new ContainerFailure(`${what}. Its log ends with: ${container.logTail().slice(-TAIL_LINES).join(' | ')}`);
}

/** @returns the status, or why there is none */
async function ping(url: string): Promise<number | string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PING_TIMEOUT_MS) });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError'
      ? `nothing in ${PING_TIMEOUT_MS / 1000} s`
      : 'no connection';
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}
