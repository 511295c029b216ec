import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const BINARY = resolve(import.meta.dirname, '../../../bin/parlance.js');

export interface StartedServer {
  readonly url: string;
  readonly process: ChildProcess;
  /** Standard output and error so far. */
  output(): string;
  /** Resolves when the output has this text. @throws when the process ends before */
  printed(text: string): Promise<void>;
  /** @returns the exit code */
  ended(): Promise<number | null>;
}

/** Starts `parlance serve` on a free port of the loopback, and returns as soon as the port is open: before the model
 * is loaded. */
export async function startParlance(
  flags: readonly string[],
  env: Record<string, string> = {},
): Promise<StartedServer> {
  const child = spawn(process.execPath, [BINARY, 'serve', '--hostname', '127.0.0.1', '--port', '0', ...flags], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'close').then(([code]) => code as number | null);
  let output = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      output += data;
      for (const look of waiting) look();
    });
  const printed = (text: string) =>
    new Promise<void>((done, fail) => {
      const look = () => {
        if (!output.includes(text)) return;
        waiting.delete(look);
        done();
      };
      waiting.add(look);
      look();
      void exit.then(() => fail(new Error(`the server ended before it printed ${JSON.stringify(text)}:\n${output}`)));
    });
  await printed('answers 503');
  const url = /https?:\/\/127\.0\.0\.1:\d+/.exec(output)![0];
  return { url, process: child, output: () => output, printed, ended: () => exit };
}
