import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const BINARY = resolve(import.meta.dirname, '../../../bin/parlance.js');

export const FIXTURES = resolve(import.meta.dirname, '../../fixtures/models');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly env?: Record<string, string>;
  /** All of standard input. */
  readonly input?: string;
}

/** Starts the built command line as a user would. Variables that could be set where the tests run and that the settings
 * read are taken out. */
export function spawnParlance(args: readonly string[], { env = {}, input = '' }: RunOptions = {}) {
  const child = spawn(process.execPath, [BINARY, ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => (stdout += data));
  child.stderr.on('data', (data) => (stderr += data));
  child.stdin.end(input);
  const ended = new Promise<Ended>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => done({ code, stdout, stderr }));
  });
  return { child, ended };
}

/** Runs it as {@link spawnParlance} starts it, and waits until it ends. */
export function runParlance(args: readonly string[], options?: RunOptions): Promise<Ended> {
  return spawnParlance(args, options).ended;
}
