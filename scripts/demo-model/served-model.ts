/** A server of this checkout with the demo model, on a free port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY_WITHIN_MS = 120_000;

export interface ServedModel {
  base: string;
  stop(): void;
}

/** Starts `parlance serve` and waits until it is healthy. */
export async function serveDemoModel(): Promise<ServedModel> {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const args = ['bin/parlance.js', 'serve', '--model-id', 'demo-model', '--port', String(port)];
  const server = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  await untilHealthy(base, server);
  return { base, stop: () => void server.kill('SIGTERM') };
}

async function untilHealthy(base: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`parlance serve ended with code ${server.exitCode}`);
    const status = await fetch(`${base}/health`).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  server.kill('SIGTERM');
  throw new Error(`parlance serve was not healthy within ${READY_WITHIN_MS} ms`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
