import { mkdir, open, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { HubModel } from './hub-model.ts';
import type { HubSettings } from './hub-settings.ts';
import { forEachParallel } from './parallel.ts';
import { openRemoteCheckpoint, type RemoteOptions } from './remote-checkpoint.ts';

const maxConnections = 8;
/** Large, and it is enough to know that they are there. */
const vocabularies = new Set(['tokenizer.json', 'tokenizer.model', 'vocab.json', 'merges.txt']);

/** Writes into a folder what describes a model of the Hub, its vocabulary as empty files of the right size, and its weights
 * as files that hold their headers and nothing else: a checkpoint to be looked at.
 * @returns the commit
 * @throws invalid_setting, download_failed, invalid_checkpoint as a download would */
export async function downloadHeaders(
  model: HubModel,
  folder: string,
  settings: HubSettings,
  options: RemoteOptions = {},
): Promise<string> {
  const { signal = new AbortController().signal } = options;
  const remote = await openRemoteCheckpoint(model, settings, options);
  await forEachParallel(remote.describingFiles, maxConnections, signal, async (path) => {
    const source = await remote.find(path);
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    if (vocabularies.has(path)) await writeHoles(target, Buffer.alloc(0), source.size);
    else await writeFile(target, await remote.read(source));
  });
  await forEachParallel(remote.weights, maxConnections, signal, async (path) => {
    const source = await remote.find(path);
    await writeHoles(join(folder, path), await remote.readHeader(source), source.size);
  });
  return remote.commit;
}

/** A file that begins with `content` and has holes up to its size, which take no room on the disk. */
async function writeHoles(path: string, content: Buffer, size: number): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.write(content);
    await file.truncate(size);
  } finally {
    await file.close();
  }
}
