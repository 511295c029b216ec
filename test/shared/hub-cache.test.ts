import { appendFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { downloadHubModel } from '../../src/hub/download-hub-model.ts';
import { neededOf, noise } from '../hub/support/checkpoint-files.ts';
import { commit, contentsOf, model, setUpHub } from '../hub/support/hub-setup.ts';
import { sha256 } from '../hub/support/stand-in-hub.ts';
import { pythonEnvironment, runProgram } from '../support/python.ts';

const weights = noise(2_000_000);
const files = {
  'config.json': Buffer.from('{"model_type":"llama"}'),
  'tokenizer.json': Buffer.from('{}'),
  'additional_chat_templates/tools.jinja': Buffer.from('{{ tools }}'),
  'model.safetensors': weights,
};

let python: string;

const snapshotDownload = `
from huggingface_hub import snapshot_download
print(snapshot_download("org/name"))`;

async function setUp() {
  const { hub, settings, options, notes } = await setUpHub(files);
  const run = (program: string, environment: Record<string, string> = {}) =>
    runProgram([python, '-c', program], { HF_ENDPOINT: hub.endpoint, HF_HOME: settings.home, ...environment });
  return { hub, settings, options, notes, run, cache: join(settings.cacheFolder, 'models--org--name') };
}

async function expectWhole(folder: string): Promise<void> {
  const contents = await contentsOf(folder);
  expect(Object.keys(contents).sort()).toEqual(neededOf(files).sort());
  for (const [path, content] of Object.entries(files))
    expect([path, contents[path]!.equals(content)]).toEqual([path, true]);
}

describe.each(['0.36.2', '2.4.0'])("Python's huggingface_hub %s", (version) => {
  // The first run installs packages.
  beforeAll(() => {
    python = join(pythonEnvironment(`huggingface_hub-${version}`, [`huggingface_hub==${version}`]), 'python');
  }, 300_000);

  it('reads what was downloaded here, without the network', async () => {
    const { settings, options, run } = await setUp();
    const folder = await downloadHubModel(model, settings, options);
    const offline = { HF_HUB_OFFLINE: '1' };
    expect((await run(snapshotDownload, offline)).trim()).toBe(folder);
    const program = `
from huggingface_hub import hf_hub_download
print(hf_hub_download("org/name", "additional_chat_templates/tools.jinja"))
print(hf_hub_download("org/name", "config.json", revision="${commit}"))`;
    expect((await run(program, offline)).trim().split('\n')).toEqual([
      join(folder, 'additional_chat_templates/tools.jinja'),
      join(folder, 'config.json'),
    ]);
  });

  it('finds nothing to warn of, and nothing to download again', async () => {
    const { hub, settings, options, run } = await setUp();
    await downloadHubModel(model, settings, options);
    const program = `
import json
from huggingface_hub import scan_cache_dir
info = scan_cache_dir()
[repo] = info.repos
[revision] = repo.revisions
print(json.dumps([len(info.warnings), repo.repo_id, repo.repo_type, repo.size_on_disk, repo.nb_files, revision.commit_hash, list(revision.refs)]))`;
    const numBytes = Object.values(files).reduce((sum, content) => sum + content.length, 0);
    expect(JSON.parse(await run(program))).toEqual([0, 'org/name', 'model', numBytes, 4, commit, ['main']]);
    hub.requests.length = 0;
    await run(snapshotDownload);
    expect(hub.downloads()).toEqual([]);
  });

  it('leaves a cache that is read here, with and without the network', async () => {
    const { hub, settings, options, run } = await setUp();
    const folder = (await run(snapshotDownload)).trim();
    hub.requests.length = 0;
    expect(await downloadHubModel(model, { ...settings, offlineReason: 'HF_HUB_OFFLINE is set' }, options)).toBe(
      folder,
    );
    expect(await downloadHubModel(model, settings, options)).toBe(folder);
    expect(hub.downloads()).toEqual([]);
    await expectWhole(folder);
  });

  it('completes a file whose download was stopped here', async () => {
    const { hub, settings, options, run, cache } = await setUp();
    hub.pieceDelayMs = 1;
    const abort = new AbortController();
    const onProgress = ({ bytesDone }: { bytesDone: number }) =>
      bytesDone > 500_000 && abort.abort(new Error('stopped'));
    await expect(downloadHubModel(model, settings, { ...options, signal: abort.signal, onProgress })).rejects.toThrow(
      'stopped',
    );
    expect(statSync(join(cache, 'blobs', `${sha256(weights)}.incomplete`)).size).toBeGreaterThan(400_000);
    hub.requests.length = 0;
    await expectWhole((await run(snapshotDownload)).trim());
    const goesOn = hub.downloads('storage').map(({ range }) => /bytes=[4-9]\d{5}-/.test(range ?? ''));
    // Version 2 has given up on partial files, as some file systems only pretend to lock.
    expect(goesOn).toEqual([version === '0.36.2']);
  });

  it('has its partial files taken up here, and checked, as it does not', async () => {
    const { hub, settings, options, notes, cache } = await setUp();
    const blobs = join(cache, 'blobs');
    mkdirSync(blobs, { recursive: true });
    const partial = join(blobs, `${sha256(weights)}.incomplete`);
    appendFileSync(partial, weights.subarray(0, 700_000));
    await expectWhole(await downloadHubModel(model, settings, options));
    expect(hub.downloads('storage').map(({ range }) => range)).toEqual(['bytes=700000-1999999']);
    expect(notes).toEqual([]);
    expect(existsSync(partial)).toBe(false);
  });

  it('takes turns with this one over each file: nothing is downloaded twice', async () => {
    const { hub, settings, options, run } = await setUp();
    hub.pieceDelayMs = 20;
    const theirs = run(snapshotDownload);
    const ours = new Promise<string>((done, failed) => {
      hub.onRequest = ({ host }) => {
        if (host !== 'storage') return;
        hub.onRequest = () => {};
        downloadHubModel(model, settings, options).then(done, failed);
      };
    });
    await expectWhole(await ours);
    await expectWhole((await theirs).trim());
    expect(hub.downloads('storage').length).toBe(1);
  });

  it('waits for this one, which came first', async () => {
    const { hub, settings, options, run } = await setUp();
    hub.pieceDelayMs = 20;
    const began = new Promise<void>((done) => {
      hub.onRequest = ({ host }) => host === 'storage' && done();
    });
    const ours = downloadHubModel(model, settings, options);
    await began;
    const theirs = run(snapshotDownload);
    await expectWhole(await ours);
    await expectWhole((await theirs).trim());
    expect(hub.downloads('storage').length).toBe(1);
  });
});
