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

const servers: Record<string, Server> = JSON.parse(readFileSync(join(CONFORMANCE, 'servers.json'), 'utf8'));

/** Flags name files relative to the conformance folder. */
const flagsOf = ({ flags }: Server) =>
  flags.split(' ').map((word) => (/^model/.test(word) ? join(CONFORMANCE, word) : word));

async function replay(base: string, server: string, files: readonly string[]): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'parlance-replay-'));
  const json = join(folder, 'results.json');
  try {
    const args = ['replay.mjs', '--base', base, '--server', server, '--only', files.join(','), '--json', json];
    const child = spawn(process.execPath, args, { cwd: CONFORMANCE, stdio: 'ignore' });
    await new Promise((done) => child.once('exit', done));
    return JSON.parse(readFileSync(json, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("recordings of TGI's router", () => {
  let served: ServedModel;
  beforeAll(async () => {
    served = await serve(flagsOf(servers.main!));
  });
  afterAll(() => served?.stop());

  it('are answered alike on the generation routes', async () => {
    const results = await replay(served.base, 'main', ['generate', 'generate_stream', 'root', 'tokenize']);
    const failed = results.filter(({ passed }) => !passed);
    console.info(`${results.length - failed.length} of ${results.length} alike`);
    expect(failed.length / results.length).toBeLessThanOrEqual(0.2);
  });
});
