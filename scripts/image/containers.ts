import { spawn } from 'node:child_process';
import { podman } from './podman.ts';

export interface ContainerOptions {
  readonly image: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Host paths by where the container finds them, which can't write there. */
  readonly mounts?: Readonly<Record<string, string>>;
  /** After the image's name. */
  readonly args?: readonly string[];
  /** Of podman run. */
  readonly flags?: readonly string[];
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Container {
  readonly name: string;
  /** What it has printed so far. */
  log(): string;
  /** Whether it has ended. */
  hasEnded(): boolean;
  /** Sends SIGTERM, as an orchestrator does. */
  terminate(): void;
  readonly ended: Promise<Ended>;
}

const started = new Set<Container>();
let numStarted = 0;

/** `podman run`, on the host's network. */
export function runContainer({ image, env = {}, mounts = {}, args = [], flags = [] }: ContainerOptions): Container {
  numStarted += 1;
  const name = `parlance-test-${process.pid}-${numStarted}`;
  const given = [
    ...Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    ...Object.entries(mounts).flatMap(([inside, outside]) => ['--volume', `${outside}:${inside}:ro`]),
  ];
  return runCommand(name, ['run', '--rm', '--name', name, ...HOST_FLAGS, ...given, ...flags, image, ...args]);
}

/** podman has nothing to schedule health checks by where there is no systemd. */
export const HOST_FLAGS = ['--network', 'host', '--no-healthcheck'];

/** Runs podman with these arguments, which start a container of this name. */
export function runCommand(name: string, command: readonly string[]): Container {
  const child = spawn('podman', command, { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => (stdout += data));
  child.stderr.on('data', (data) => (stderr += data));
  const ended = new Promise<Ended>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => done({ code, stdout, stderr }));
  });
  const container: Container = {
    name,
    log: () => stdout + stderr,
    hasEnded: () => child.exitCode !== null,
    terminate: () => void podman('kill', '--signal', 'TERM', name),
    ended,
  };
  started.add(container);
  void ended.then(() => started.delete(container));
  return container;
}

/** Ends what checks have left running. */
export function removeContainers(): void {
  for (const { name } of started) podman('rm', '--force', '--ignore', name);
}

export interface Start {
  readonly base: string;
  /** Bodies of the health check's refusals. */
  readonly refusals: readonly string[];
  readonly slowestPingMs: number;
}

/** Asks /ping from the first moment, as SageMaker does, until it answers 200.
 * @throws where the container ends before, with what it printed */
export async function untilHealthy(container: Container, port: number): Promise<Start> {
  const base = `http://127.0.0.1:${port}`;
  const refusals: string[] = [];
  let slowestPingMs = 0;
  const deadline = performance.now() + 120_000;
  while (!container.hasEnded() && performance.now() < deadline) {
    const askedAt = performance.now();
    const response = await fetch(`${base}/ping`, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
    if (response) {
      slowestPingMs = Math.max(slowestPingMs, performance.now() - askedAt);
      const body = await response.text();
      if (response.status === 200) {
        await untilPrinted(container, 'ready after');
        return { base, refusals, slowestPingMs };
      }
      if (response.status !== 503) throw new Error(`/ping answered ${response.status}: ${body}`);
      refusals.push(body);
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${container.hasEnded() ? 'ended before it was' : 'not'} healthy:\n${container.log()}`);
}

/** The log takes its way through podman. */
export async function untilPrinted(container: Container, text: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!container.log().includes(text)) {
    if (performance.now() > deadline) throw new Error(`${JSON.stringify(text)} is not in the log:\n${container.log()}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}

export async function stop(container: Container): Promise<Ended> {
  container.terminate();
  return container.ended;
}
