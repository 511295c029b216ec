import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ServedModel, serve } from '../support/serve.ts';
import { sharedFolder } from '../support/shared.ts';

const CONFORMANCE = join(sharedFolder(), 'conformance');

interface Server {
  readonly flags: string;
  readonly env?: Record<string, string>;
}

interface Result {
  readonly file: string;
  readonly name: string;
  readonly passed: boolean;
  readonly difference?: string;
}

const { _comment, ...servers }: Record<string, Server> = JSON.parse(
  readFileSync(join(CONFORMANCE, 'servers.json'), 'utf8'),
);

/** Flags name files relative to the conformance folder. */
const flagsOf = ({ flags }: Server) =>
  flags.split(' ').map((word) => (/^model/.test(word) ? join(CONFORMANCE, word) : word));

/** The recording's own words for the port are no number: the server keeps the one that it is given. */
const environmentOf = ({ env = {} }: Server) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => name !== 'AIP_HTTP_PORT'));

async function replay(base: string, server: string, concurrency: number): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'parlance-replay-'));
  const json = join(folder, 'results.json');
  try {
    const args = ['replay.mjs', '--base', base, '--server', server, '--json', json];
    const child = spawn(process.execPath, [...args, '--concurrency', String(concurrency)], {
      cwd: CONFORMANCE,
      stdio: 'ignore',
    });
    await new Promise((done) => child.once('exit', done));
    return JSON.parse(readFileSync(json, 'utf8')).results;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.each(Object.entries(servers))("recordings of TGI's router, server %s", (name, server) => {
  let served: ServedModel;
  beforeAll(async () => {
    served = await serve(flagsOf(server), environmentOf(server));
  });
  afterAll(() => served?.stop());

  it.each([1, 8])('are answered alike, %i at a time', async (concurrency) => {
    const results = await replay(served.base, name, concurrency);
    const failed = results.filter(({ passed }) => !passed);
    expect(results.length).toBeGreaterThan(0);
    expect(failed.map(({ file, name, difference }) => `${file}: ${name}: ${difference}`)).toEqual([]);
  });
});
