import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { downloadHubModel } from '../../src/hub/download-hub-model.ts';
import { neededOf, noise, shardedModel } from './support/checkpoint-files.ts';
import { commit, contentsOf, model, setUpHub } from './support/hub-setup.ts';
import { etagOf } from './support/stand-in-hub.ts';

const files = shardedModel();
const needed = neededOf(files);

describe('a model of the Hub', () => {
  it('is cached as blobs, relative links and refs, as huggingface_hub has them', async () => {
    const { settings, options } = await setUpHub(files);
    const folder = await downloadHubModel(model, settings, options);
    const cache = join(settings.cacheFolder, 'models--org--name');
    expect(folder).toBe(join(cache, 'snapshots', commit));
    expect(readFileSync(join(cache, 'refs/main'), 'utf8')).toBe(commit);
    expect(readdirSync(join(cache, 'blobs')).sort()).toEqual(needed.map((path) => etagOf(path, files[path]!)).sort());
    expect(readlinkSync(join(folder, 'config.json'))).toBe(
      `../../blobs/${etagOf('config.json', files['config.json']!)}`,
    );
    expect(readlinkSync(join(folder, 'additional_chat_templates/tools.jinja'))).toMatch(/^\.\.\/\.\.\/\.\.\/blobs\//);
    expect(readdirSync(cache).sort()).toEqual(['blobs', 'refs', 'snapshots']);
  });

  it('has the files that are read, and no others', async () => {
    const { settings, options } = await setUpHub(files);
    const contents = await contentsOf(await downloadHubModel(model, settings, options));
    expect(Object.keys(contents).sort()).toEqual([...needed].sort());
    for (const path of needed) expect(contents[path]!.equals(files[path]!)).toBe(true);
  });

  it('is taken from one weight file where there is one, whatever else is there', async () => {
    const single = { ...files, 'model.safetensors': noise(1000) };
    const { settings, options } = await setUpHub(single);
    const paths = Object.keys(await contentsOf(await downloadHubModel(model, settings, options)));
    expect(paths.filter((path) => path.includes('safetensors'))).toEqual(['model.safetensors']);
  });

  it('costs one request once it is cached', async () => {
    const { hub, settings, options } = await setUpHub(files);
    await downloadHubModel(model, settings, options);
    hub.requests.length = 0;
    await downloadHubModel(model, settings, options);
    expect(hub.requests.map(({ path }) => path)).toEqual([`/api/models/org/name/revision/main?blobs=true`]);
  });

  it('brings only what has changed when its branch moves on', async () => {
    const { hub, settings, options } = await setUpHub(files);
    await downloadHubModel(model, settings, options);
    const next = 'b'.repeat(40);
    const changed = { ...files, 'config.json': Buffer.from('{"model_type":"qwen2"}') };
    hub.add({ id: model.id, commits: { [commit]: files, [next]: changed }, branches: { main: next } });
    hub.requests.length = 0;
    const folder = await downloadHubModel(model, settings, options);
    expect(folder.endsWith(next)).toBe(true);
    expect(hub.downloads().map(({ path }) => path)).toEqual([`/org/name/resolve/${next}/config.json`]);
    expect(Object.keys(await contentsOf(folder)).sort()).toEqual([...needed].sort());
  });

  it('can be asked for by a branch with a slash in its name, or a commit', async () => {
    const { settings, options } = await setUpHub(files, { branches: { 'refs/pr/1': commit } });
    await downloadHubModel({ ...model, revision: 'refs/pr/1' }, settings, options);
    await downloadHubModel({ ...model, revision: commit }, settings, options);
    const refs = join(settings.cacheFolder, 'models--org--name/refs');
    expect(readdirSync(refs, { recursive: true })).toEqual(['refs', 'refs/pr', 'refs/pr/1']);
  });

  it('is found on a mirror that lists names without hashes', async () => {
    const { hub, settings, options } = await setUpHub(files);
    hub.listsBlobs = false;
    const folder = await downloadHubModel(model, settings, options);
    expect(readlinkSync(join(folder, 'config.json'))).toBe(
      `../../blobs/${etagOf('config.json', files['config.json']!)}`,
    );
    const shard = 'model-00001-of-00002.safetensors';
    expect(readlinkSync(join(folder, shard))).toBe(`../../blobs/${etagOf(shard, files[shard]!)}`);
  });

  it('arrives whole from many ranges at once', async () => {
    const large = { 'config.json': files['config.json']!, 'model.safetensors': noise(50_000_001) };
    const { hub, settings, options } = await setUpHub(large);
    const folder = await downloadHubModel(model, settings, options);
    expect(hub.downloads('storage').length).toBe(3);
    expect(readFileSync(join(folder, 'model.safetensors')).equals(large['model.safetensors'])).toBe(true);
  });

  it('reports the bytes that are there, up to all of them', async () => {
    const { settings, options } = await setUpHub(files);
    const seen: number[] = [];
    let total = 0;
    await downloadHubModel(model, settings, {
      ...options,
      onProgress({ bytesDone, bytesTotal }) {
        seen.push(bytesDone);
        total = bytesTotal;
      },
    });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(total);
    expect(total).toBe(needed.reduce((sum, path) => sum + files[path]!.length, 0));
  });

  it('stops when it is told to, and goes on from there the next time', async () => {
    const large = { 'config.json': files['config.json']!, 'model.safetensors': noise(3_000_000) };
    const { hub, settings, options } = await setUpHub(large);
    hub.pieceDelayMs = 1;
    const abort = new AbortController();
    const stopped = downloadHubModel(model, settings, {
      ...options,
      signal: abort.signal,
      onProgress: ({ bytesDone }) => bytesDone > 1_000_000 && abort.abort(new Error('told to')),
    });
    await expect(stopped).rejects.toThrow('told to');
    hub.pieceDelayMs = 0;
    hub.requests.length = 0;
    const folder = await downloadHubModel(model, settings, options);
    const [request] = hub.downloads('storage');
    expect(Number(/bytes=(\d+)-/.exec(request!.range!)![1])).toBeGreaterThan(900_000);
    expect(readFileSync(join(folder, 'model.safetensors')).equals(large['model.safetensors'])).toBe(true);
  });
});
