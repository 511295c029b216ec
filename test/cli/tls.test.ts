import { readFileSync } from 'node:fs';
import { get, type RequestOptions } from 'node:https';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { FIXTURES, runParlance } from './support/run-parlance.ts';
import { type StartedServer, startParlance } from './support/start-parlance.ts';

const folder = resolve(import.meta.dirname, '../fixtures/tls');
const file = (name: string) => join(folder, name);
const pem = (name: string) => readFileSync(file(name), 'utf8');
const flags = ['--ssl-certfile', file('server.pem'), '--ssl-keyfile', file('server.key.pem')];

let server: StartedServer | undefined;

afterEach(async () => {
  server?.process.kill('SIGKILL');
  await server?.ended();
});

async function start(...more: string[]): Promise<string> {
  server = await startParlance(['--model-id', join(FIXTURES, 'llama3-tied'), ...flags, ...more]);
  return server.url;
}

function statusOf(url: string, options: RequestOptions = {}): Promise<number | undefined> {
  return new Promise((done, fail) => {
    get(url, { ca: pem('ca.pem'), ...options }, (response) => done(response.resume().statusCode)).once('error', fail);
  });
}

describe('parlance serve over TLS', () => {
  it('serves HTTPS with the certificate that it is given, of TLS 1.2 and up', async () => {
    const url = await start();
    expect(url).toMatch(/^https:/);
    expect([200, 503]).toContain(await statusOf(`${url}/health`));
    await expect(statusOf(`${url}/health`, { maxVersion: 'TLSv1.1', minVersion: 'TLSv1' })).rejects.toThrow();
    await expect(statusOf(`${url}/health`, { ca: [] })).rejects.toThrow(/certificate/);
  });

  it('refuses clients without a certificate where one is required', async () => {
    const url = await start('--ssl-ca-certs', file('ca.pem'), '--ssl-require-client-cert');
    await expect(statusOf(`${url}/health`)).rejects.toThrow();
    const client = { cert: pem('client.pem'), key: pem('client.key.pem') };
    expect([200, 503]).toContain(await statusOf(`${url}/health`, client));
  });

  it('names the files that are none of a certificate and its key', async () => {
    const args = ['serve', '--ssl-certfile', file('README.md'), '--ssl-keyfile', file('server.key.pem')];
    const { code, stderr } = await runParlance(args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: --ssl-certfile \S+README\.md, --ssl-keyfile \S+ can't be used: [^\n]+\n$/);
  });
});
