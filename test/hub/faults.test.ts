import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { downloadHubModel } from '../../src/hub/download-hub-model.ts';
import { noise } from './support/checkpoint-files.ts';
import { contentsOf, model, setUpHub } from './support/hub-setup.ts';
import { type Fault, isLarge, sha256 } from './support/stand-in-hub.ts';

const weights = noise(200_000);
const files = { 'config.json': Buffer.from('{"model_type":"llama"}'), 'model.safetensors': weights };

const storage = (effect: Fault['effect'], times = 1): Fault => ({ host: 'storage', path: /storage/, times, effect });
const startOf = (range: string | undefined) => Number(/bytes=(\d+)-/.exec(range ?? '')?.[1]);

async function expectWhole(folder: string): Promise<void> {
  const contents = await contentsOf(folder);
  expect(Object.keys(contents).sort()).toEqual(['config.json', 'model.safetensors']);
  expect(contents['model.safetensors']!.equals(weights)).toBe(true);
  expect(contents['config.json']!.equals(files['config.json'])).toBe(true);
}

describe('a download', () => {
  it('shows the token to the Hub, and never to the host that it redirects to', async () => {
    const { hub, settings, options } = await setUpHub(files, { tokens: ['secret'] }, { HF_TOKEN: 'secret' });
    await expectWhole(await downloadHubModel(model, settings, options));
    for (const { host, authorization } of hub.requests)
      expect(authorization).toBe(host === 'hub' ? 'Bearer secret' : undefined);
    expect(hub.downloads('storage').length).toBeGreaterThan(0);
  });

  it('goes on at the byte where a connection was cut', async () => {
    const { hub, settings, options } = await setUpHub(files);
    hub.fail(storage({ kind: 'cut', afterBytes: 70_000 }));
    hub.fail(storage({ kind: 'cut', afterBytes: 50_000 }));
    await expectWhole(await downloadHubModel(model, settings, options));
    const starts = hub.downloads('storage').map(({ range }) => startOf(range));
    expect(starts.length).toBe(3);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(starts[1]).toBeGreaterThan(0);
    expect(starts[2]).toBeGreaterThan(starts[1]!);
  });

  it('goes on after a connection that is cut again and again, as long as bytes arrive', async () => {
    const { hub, settings, options } = await setUpHub(files);
    hub.fail(storage({ kind: 'cut', afterBytes: 20_000 }, 9));
    await expectWhole(await downloadHubModel(model, settings, options));
    expect(hub.downloads('storage').length).toBe(10);
  });

  it('waits for as long as a busy server asks', async () => {
    const { hub, settings, options, waitsMs } = await setUpHub(files);
    hub.fail(storage({ kind: 'status', status: 429, headers: { 'retry-after': '7' } }));
    hub.fail({
      host: 'hub',
      path: /api/,
      times: 1,
      effect: { kind: 'status', status: 429, headers: { ratelimit: '"api";r=0;t=55' } },
    });
    await expectWhole(await downloadHubModel(model, settings, options));
    expect(waitsMs).toEqual([55_000, 7000]);
  });

  it('waits longer from failure to failure of a server, and says so', async () => {
    const { hub, settings, options, waitsMs, notes } = await setUpHub(files);
    hub.fail(storage({ kind: 'status', status: 500 }));
    hub.fail(storage({ kind: 'status', status: 503 }));
    hub.fail(storage({ kind: 'status', status: 502 }));
    await expectWhole(await downloadHubModel(model, settings, options));
    expect(waitsMs).toEqual([500, 1000, 2000]);
    expect(notes[0]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/storage\/\w+ answered 500; trying again in 0\.5 s$/);
  });

  it('gives up on a server that stays down, keeps what came, and takes that up the next time', async () => {
    const { hub, settings, options } = await setUpHub(files);
    hub.fail(storage({ kind: 'cut', afterBytes: 70_000 }));
    hub.fail(storage({ kind: 'status', status: 503 }, 3));
    await expect(downloadHubModel(model, settings, options)).rejects.toMatchObject({
      code: 'download_failed',
      message: expect.stringMatching(/answered 503 \(4 attempts\); what has arrived is kept/),
    });
    hub.requests.length = 0;
    await expectWhole(await downloadHubModel(model, settings, options));
    expect(hub.downloads('storage').map(({ range }) => startOf(range) > 0)).toEqual([true]);
    expect(hub.downloads('hub').filter(({ path }) => path.endsWith('config.json'))).toEqual([]);
  });

  it('fetches a file again whose bytes are wrong', async () => {
    const { hub, settings, options, notes } = await setUpHub(files);
    hub.fail(storage({ kind: 'wrong-bytes' }));
    await expectWhole(await downloadHubModel(model, settings, options));
    expect(notes.join()).toContain('model.safetensors: what arrived does not match its sha256');
  });

  it('refuses a file whose bytes stay wrong, and leaves none of them in the cache', async () => {
    const { hub, settings, options } = await setUpHub(files);
    hub.fail(storage({ kind: 'wrong-bytes' }, 2));
    await expect(downloadHubModel(model, settings, options)).rejects.toThrow(
      /model\.safetensors arrived with another content than announced, twice: its sha256 should be/,
    );
    const blobs = readdirSync(join(settings.cacheFolder, 'models--org--name/blobs'));
    expect(blobs.some((name) => name.startsWith(sha256(weights)))).toBe(false);
    expect(existsSync(join(settings.cacheFolder, 'models--org--name/refs'))).toBe(false);
  });

  it('checks the small files by their git id', async () => {
    const { hub, settings, options } = await setUpHub(files);
    hub.fail({ host: 'hub', path: /config/, times: 1, effect: { kind: 'wrong-bytes' } });
    await expectWhole(await downloadHubModel(model, settings, options));
  });

  it('is not content with a body that is shorter than the file, though its length agrees', async () => {
    const { hub, settings, options } = await setUpHub(files);
    hub.fail(storage({ kind: 'truncate', afterBytes: 100_000 }));
    await expectWhole(await downloadHubModel(model, settings, options));
    expect(hub.downloads('storage').map(({ range }) => startOf(range))).toEqual([0, 100_000]);
  });

  it('leaves a connection that falls silent', async () => {
    const { hub, settings, options, notes } = await setUpHub(files, {}, { HF_HUB_DOWNLOAD_TIMEOUT: '0.1' });
    hub.fail(storage({ kind: 'stall', afterBytes: 60_000 }));
    await expectWhole(await downloadHubModel(model, settings, options));
    expect(notes.join()).toContain('sent nothing for 0.1 s');
  });

  it('asks the Hub anew once a signed address has run out', async () => {
    const { hub, settings, options } = await setUpHub(files);
    hub.fail(storage({ kind: 'cut', afterBytes: 60_000 }));
    const { retry } = options;
    const sleep = async () => hub.expireSignatures();
    await expectWhole(await downloadHubModel(model, settings, { ...options, retry: { ...retry!, sleep } }));
    expect(hub.downloads('hub').filter(({ path }) => isLarge(path)).length).toBe(2);
  });

  it('takes the whole file from a server without ranges', async () => {
    const { hub, settings, options } = await setUpHub(files);
    hub.fail(storage({ kind: 'cut', afterBytes: 60_000 }));
    hub.fail(storage({ kind: 'ignore-range' }));
    await expectWhole(await downloadHubModel(model, settings, options));
  });

  it('takes a large file from a server without ranges over one connection', async () => {
    const large = { ...files, 'model.safetensors': noise(40_000_000) };
    const { hub, settings, options } = await setUpHub(large);
    hub.fail(storage({ kind: 'ignore-range' }, 99));
    const folder = await downloadHubModel(model, settings, options);
    expect(readFileSync(join(folder, 'model.safetensors')).equals(large['model.safetensors'])).toBe(true);
    expect(hub.downloads('storage').length).toBe(2);
  });

  it('starts over where a partial file does not belong to it', async () => {
    const { settings, options } = await setUpHub(files);
    const blobs = join(settings.cacheFolder, 'models--org--name/blobs');
    mkdirSync(blobs, { recursive: true });
    writeFileSync(join(blobs, `${sha256(weights)}.incomplete`), noise(90_000, 'other'));
    await expectWhole(await downloadHubModel(model, settings, options));
    writeFileSync(join(blobs, `${sha256(weights)}.incomplete`), noise(900_000, 'longer'));
    await expectWhole(await downloadHubModel(model, settings, options));
  });

  it('replaces a blob of the wrong size', async () => {
    const { settings, options } = await setUpHub(files);
    const blobs = join(settings.cacheFolder, 'models--org--name/blobs');
    mkdirSync(blobs, { recursive: true });
    writeFileSync(join(blobs, sha256(weights)), weights.subarray(0, 1000));
    await expectWhole(await downloadHubModel(model, settings, options));
  });

  it('is done once by two that start together', async () => {
    const { hub, settings, options } = await setUpHub(files);
    hub.pieceDelayMs = 1;
    const both = [downloadHubModel(model, settings, options), downloadHubModel(model, settings, options)];
    for (const folder of await Promise.all(both)) await expectWhole(folder);
    expect(hub.downloads('storage').length).toBe(1);
  });

  it('refuses paths that lead out of the cache', async () => {
    const { settings, options } = await setUpHub({ ...files, '../../evil.json': Buffer.from('{}') });
    await expect(downloadHubModel(model, settings, options)).rejects.toThrow('does not answer as the Hub does');
  });

  it('ends whole or with an error, whatever goes wrong on the way', async () => {
    const effect = fc.oneof(
      fc.record({ kind: fc.constantFrom('cut' as const, 'truncate' as const), afterBytes: fc.nat(200_000) }),
      fc.record({ kind: fc.constant('status' as const), status: fc.constantFrom(403, 408, 429, 500, 503) }),
      fc.record({ kind: fc.constantFrom('wrong-bytes' as const, 'ignore-range' as const) }),
    );
    const plan = fc.array(fc.record({ host: fc.constantFrom('hub' as const, 'storage' as const), effect }), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(plan, async (faults) => {
        const { hub, settings, options } = await setUpHub(files);
        for (const { host, effect } of faults)
          hub.fail({ host, path: host === 'hub' ? /resolve/ : /storage/, times: 1, effect });
        for (;;) {
          try {
            return await expectWhole(await downloadHubModel(model, settings, options));
          } catch (error) {
            expect(error).toMatchObject({ code: 'download_failed' });
            const cache = join(settings.cacheFolder, 'models--org--name');
            const present = existsSync(join(cache, 'snapshots')) ? await contentsOf(join(cache, 'snapshots')) : {};
            for (const [path, content] of Object.entries(present))
              expect(content.equals(path.endsWith('config.json') ? files['config.json'] : weights)).toBe(true);
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});
