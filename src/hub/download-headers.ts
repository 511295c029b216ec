import { mkdir, open, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ParlanceError } from '../errors/errors.ts';
import type { BlobSource } from './blob-source.ts';
import type { CheckpointListing } from './checkpoint-listing.ts';
import { listHubFiles } from './hub-client.ts';
import type { HubModel } from './hub-model.ts';
import type { HubSettings } from './hub-settings.ts';
import { forEachParallel } from './parallel.ts';
import { defaultRetryPolicy, type RetryPolicy, readReliably, withRetries } from './retry.ts';
import { hasIndex, selectDescribingFiles, selectWeights, weightsIndex } from './select-files.ts';

export interface HeaderOptions {
  readonly signal?: AbortSignal;
  readonly retry?: RetryPolicy;
}

const maxAttempts = 3;
const maxConnections = 8;
const lengthBytes = 8;
/** Of the format. */
const maxHeaderBytes = 100_000_000;
/** Large, and it is enough to know that they are there. */
const vocabularies = new Set(['tokenizer.json', 'tokenizer.model', 'vocab.json', 'merges.txt']);

/** Writes into a folder what describes a model of the Hub, its vocabulary as empty files of the right size, and its weights
 * as files that hold their headers and nothing else: a checkpoint to be looked at, for a few hundred kilobytes however large it is.
 * @returns the commit
 * @throws invalid_setting, download_failed, invalid_checkpoint as a download would */
export async function downloadHeaders(
  model: HubModel,
  folder: string,
  settings: HubSettings,
  options: HeaderOptions = {},
): Promise<string> {
  const { signal = new AbortController().signal, retry = { ...defaultRetryPolicy, maxAttempts } } = options;
  const listing = await withRetries(retry, signal, () => listHubFiles(model, settings, signal));
  const { paths, name, commit } = listing;
  const reader = fileReader(listing, retry, signal);
  const write = async (path: string) => {
    const source = await reader.find(path);
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    if (vocabularies.has(path)) await writeHoles(target, Buffer.alloc(0), source.size);
    else await writeFile(target, await reader.read(source, undefined));
  };
  await forEachParallel(selectDescribingFiles(paths, name), maxConnections, signal, write);
  const index = hasIndex(paths)
    ? (await reader.read(await reader.find(weightsIndex), undefined)).toString('utf8')
    : undefined;
  await forEachParallel(selectWeights(paths, index, name), maxConnections, signal, async (path) => {
    const source = await reader.find(path);
    await writeHoles(join(folder, path), await readHeader(source, name, reader.read), source.size);
  });
  return commit;
}

type Read = (source: BlobSource, range: readonly [number, number] | undefined) => Promise<Buffer>;

function fileReader(listing: CheckpointListing, retry: RetryPolicy, signal: AbortSignal) {
  const read: Read = (source, range = [0, source.size]) => buffer(readReliably(source, range, retry, signal));
  return { find: (path: string) => withRetries(retry, signal, () => listing.file(path, signal)), read };
}

/** @see https://huggingface.co/docs/safetensors — 8 bytes of header length, then JSON */
async function readHeader(source: BlobSource, name: string, read: Read): Promise<Buffer> {
  if (source.size < lengthBytes) return read(source, undefined);
  const prefix = await read(source, [0, lengthBytes]);
  const headerBytes = prefix.readBigUInt64LE();
  if (headerBytes > BigInt(Math.min(maxHeaderBytes, source.size - lengthBytes)))
    throw new ParlanceError(
      'invalid_checkpoint',
      `${name}: ${source.path} says its header has ${headerBytes} bytes, of ${source.size} in all: it is no safetensors file, or cut short`,
    );
  return Buffer.concat([prefix, await read(source, [lengthBytes, lengthBytes + Number(headerBytes)])]);
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
