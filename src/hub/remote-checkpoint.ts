import { buffer } from 'node:stream/consumers';
import { ParlanceError } from '../errors/errors.ts';
import type { BlobSource } from './blob-source.ts';
import type { CheckpointListing } from './checkpoint-listing.ts';
import { listHubFiles } from './hub-client.ts';
import type { HubModel } from './hub-model.ts';
import type { HubSettings } from './hub-settings.ts';
import { defaultRetryPolicy, type RetryPolicy, readReliably, withRetries } from './retry.ts';
import { hasIndex, selectDescribingFiles, selectWeights, weightsIndex } from './select-files.ts';

/** A checkpoint that is looked at where it is: of its weights nothing is read but the headers, a few hundred kilobytes
 * however large it is. */
export interface RemoteCheckpoint extends Pick<CheckpointListing, 'name' | 'commit'> {
  /** The small files that say how to read the rest. */
  readonly describingFiles: readonly string[];
  /** The safetensors files of the weights. */
  readonly weights: readonly string[];
  find(path: string): Promise<BlobSource>;
  read(source: BlobSource): Promise<Buffer>;
  /** Reads a safetensors file's first 8 bytes, which tell the header's length, and its header.
   * @throws invalid_checkpoint
   * @see https://huggingface.co/docs/safetensors */
  readHeader(source: BlobSource): Promise<Buffer>;
}

export interface RemoteOptions {
  readonly signal?: AbortSignal;
  readonly retry?: RetryPolicy;
}

const maxAttempts = 3;
/** Of the length in front of a header. */
export const lengthBytes = 8;
/** Of the format. */
const maxHeaderBytes = 100_000_000;

/** Finds a model on the Hub, and its files. Tells on the way whether the token may read it.
 * @throws invalid_setting, download_failed, invalid_checkpoint as a download would */
export async function openRemoteCheckpoint(
  model: HubModel,
  settings: HubSettings,
  { signal = new AbortController().signal, retry = { ...defaultRetryPolicy, maxAttempts } }: RemoteOptions = {},
): Promise<RemoteCheckpoint> {
  const listing = await withRetries(retry, signal, () => listHubFiles(model, settings, signal));
  const { paths, name, commit } = listing;
  const find = (path: string) => withRetries(retry, signal, () => listing.file(path, signal));
  const readRange: ReadRange = (source, from, to) => buffer(readReliably(source, [from, to], retry, signal));
  const read = (source: BlobSource) => readRange(source, 0, source.size);
  const describingFiles = selectDescribingFiles(paths, name);
  const index = hasIndex(paths) ? (await read(await find(weightsIndex))).toString('utf8') : undefined;
  const weights = selectWeights(paths, index, name);
  const readHeader = (source: BlobSource) => readHeaderOf(source, name, readRange);
  return { name, commit, describingFiles, weights, find, read, readHeader };
}

type ReadRange = (source: BlobSource, from: number, to: number) => Promise<Buffer>;

async function readHeaderOf(source: BlobSource, name: string, readRange: ReadRange): Promise<Buffer> {
  if (source.size < lengthBytes) return readRange(source, 0, source.size);
  const prefix = await readRange(source, 0, lengthBytes);
  const headerBytes = prefix.readBigUInt64LE();
  if (headerBytes > BigInt(Math.min(maxHeaderBytes, source.size - lengthBytes)))
    throw new ParlanceError(
      'invalid_checkpoint',
      `${name}: ${source.path} says its header has ${headerBytes} bytes, of ${source.size} in all: it is no safetensors file, or cut short`,
    );
  return Buffer.concat([prefix, await readRange(source, lengthBytes, lengthBytes + Number(headerBytes))]);
}
