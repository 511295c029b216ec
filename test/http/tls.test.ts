import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { type ConnectionOptions, connect } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type ListeningServer, listen } from '../../src/http/server.ts';

const pem = (name: string) => readFileSync(new URL(`support/tls/${name}`, import.meta.url), 'utf8');
const silent = { info() {}, warn() {}, error() {} };
const tls = { cert: pem('server.pem'), key: pem('server.key'), ca: pem('ca.pem') };

let server: ListeningServer;
const start = async (requireClientCert: boolean) => {
  server = await listen({ hostname: '127.0.0.1', port: 0, tls: { ...tls, requireClientCert } }, silent);
};
afterEach(() => server.close(0));

/** The status of a health check, or why there is none. */
function status(options: ConnectionOptions): Promise<number | string> {
  return new Promise((resolve) => {
    get(`${server.url}/health`, { ca: pem('ca.pem'), agent: false, ...options }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

async function servedName(): Promise<string> {
  const socket = connect({ port: server.port, host: '127.0.0.1', ca: pem('ca.pem') });
  await once(socket, 'secureConnect');
  const { CN } = socket.getPeerCertificate().subject;
  socket.destroy();
  return String(CN);
}

describe('a server with a certificate', () => {
  it('answers over TLS 1.2 and up', async () => {
    await start(false);
    expect(server.url).toMatch(/^https:/);
    expect(await status({})).toBe(503);
    expect(await status({ maxVersion: 'TLSv1.2' })).toBe(503);
    expect(await status({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })).toMatch(
      /^(ERR_SSL|EPROTO)/,
    );
  });

  it('lets nobody in without a client certificate where it wants one', async () => {
    await start(true);
    expect(await status({ cert: pem('client.pem'), key: pem('client.key') })).toBe(503);
    expect(await status({})).toMatch(/ALERT_CERTIFICATE_REQUIRED|ECONNRESET/);
  });

  it('shows a renewed certificate without a restart', async () => {
    await start(false);
    expect(await servedName()).toBe('server');
    server.replaceTls({ cert: pem('renewed.pem'), key: pem('renewed.key'), requireClientCert: false });
    expect(await servedName()).toBe('renewed');
  });

  it('keeps its certificate where the new one is none', async () => {
    await start(false);
    expect(() => server.replaceTls({ ...tls, cert: 'nonsense', requireClientCert: false })).toThrow();
    expect(await servedName()).toBe('server');
  });
});
