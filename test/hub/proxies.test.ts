import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { downloadHubModel } from '../../src/hub/download-hub-model.ts';
import { readHubSettings } from '../../src/hub/hub-settings.ts';
import { readProxies } from '../../src/hub/proxies.ts';
import { neededOf, shardedModel } from './support/checkpoint-files.ts';
import { type ConnectProxy, startConnectProxy } from './support/connect-proxy.ts';
import { contentsOf, model, setUpHub, temporaryFolder } from './support/hub-setup.ts';

const files = shardedModel();
const needed = Object.fromEntries(neededOf(files).map((path) => [path, files[path]]));
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function startProxy(credentials?: string): Promise<ConnectProxy> {
  const proxy = await startConnectProxy(credentials);
  stops.push(proxy.stop);
  return proxy;
}

describe('downloads from the Hub', () => {
  it('go through the proxy that the environment names, on every host', async () => {
    const proxy = await startProxy();
    const { hub, settings, options } = await setUpHub(files, {}, { HTTP_PROXY: proxy.url });
    expect(await contentsOf(await downloadHubModel(model, settings, options))).toEqual(needed);
    expect(proxy.asked).toContain(new URL(hub.endpoint).host);
    expect(proxy.asked.some((host) => host.startsWith('127.0.0.1:'))).toBe(true);
  });

  it('name user and password to it', async () => {
    const proxy = await startProxy('jo:s3cret');
    const named = proxy.url.replace('//', '//jo:s3cret@');
    const { settings, options } = await setUpHub(files, {}, { http_proxy: named });
    expect(await contentsOf(await downloadHubModel(model, settings, options))).toEqual(needed);
    expect(proxy.asked.length).toBeGreaterThan(0);
  });

  it('say what to set where it refuses, without trying again', async () => {
    const proxy = await startProxy('jo:s3cret');
    const { settings, options, waitsMs } = await setUpHub(files, {}, { HTTP_PROXY: proxy.url });
    await expect(downloadHubModel(model, settings, options)).rejects.toMatchObject({
      code: 'download_failed',
      message: expect.stringMatching(/^the proxy on the way to http:\/\/localhost:\d+ refuses \(407\): HTTPS_PROXY/),
    });
    expect(waitsMs).toEqual([]);
  });

  it('pass it by for the hosts of NO_PROXY', async () => {
    const proxy = await startProxy();
    const environment = { HTTP_PROXY: proxy.url, NO_PROXY: 'example.org,localhost,127.0.0.1' };
    const { settings, options } = await setUpHub(files, {}, environment);
    expect(await contentsOf(await downloadHubModel(model, settings, options))).toEqual(needed);
    expect(proxy.asked).toEqual([]);
  });

  it('check the certificate at the far end of the tunnel', async () => {
    const proxy = await startProxy();
    const pem = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url));
    const hub = createServer({ key: pem('server.key'), cert: pem('server') });
    await new Promise<void>((listening) => hub.listen(0, 'localhost', listening));
    stops.push(async () => hub.close());
    const { port } = hub.address() as AddressInfo;
    const environment = {
      HF_ENDPOINT: `https://localhost:${port}`,
      HF_HOME: temporaryFolder(),
      HTTPS_PROXY: proxy.url,
    };
    await expect(downloadHubModel(model, readHubSettings(environment))).rejects.toMatchObject({
      code: 'download_failed',
      message: expect.stringContaining('could not prove who it is'),
    });
    expect(proxy.asked).toEqual([`localhost:${port}`]);
  });
});

describe('the proxies of an environment', () => {
  it('are read as curl reads them', () => {
    expect(readProxies({})).toEqual({ http: '', https: '', exceptions: '' });
    expect(readProxies({ ALL_PROXY: 'proxy:3128', no_proxy: 'a.b' })).toEqual({
      http: 'http://proxy:3128',
      https: 'http://proxy:3128',
      exceptions: 'a.b',
    });
    expect(readProxies({ https_proxy: 'http://one', HTTPS_PROXY: 'http://two', HTTP_PROXY: '' })).toEqual({
      http: '',
      https: 'http://one',
      exceptions: '',
    });
  });

  it('are refused by name where they are no addresses, and passwords stay out of the message', () => {
    const refused = { code: 'invalid_setting', param: 'HTTPS_PROXY', message: expect.not.stringContaining('s3cret') };
    for (const text of ['ftp://jo:s3cret@proxy', 'http://jo:s3cret@proxy:port'])
      expect(() => readProxies({ HTTPS_PROXY: text })).toThrow(expect.objectContaining(refused));
  });
});
