import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobSource } from './blob-source.ts';
import type { CheckpointListing } from './checkpoint-listing.ts';
import { checkDiskSpace, describeWriteError } from './disk-space.ts';
import { downloadBlob } from './download-blob.ts';
import { forEachParallel } from './parallel.ts';
import { blobPath, fileSize, linkBlob, type RepositoryCache, snapshotFolder } from './repository-cache.ts';
import { defaultRetryPolicy, type RetryPolicy, retryNote, withRetries } from './retry.ts';
import { hasIndex, selectDescribingFiles, selectWeights, weightsIndex } from './select-files.ts';
import { Semaphore } from './semaphore.ts';

/** How far a download is. The total grows once the index of the weights has arrived. */
export interface DownloadProgress {
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

export interface DownloadOptions {
  readonly signal?: AbortSignal;
  readonly retry?: RetryPolicy;
  /** Called for every piece that arrives. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Told what a user may wonder about: retries, waiting for another process. */
  readonly onNote?: (note: string) => void;
}

interface Destination {
  readonly cache: RepositoryCache;
  /** The setting that moves the cache to another disk. */
  readonly knob: string;
}

const maxConnections = 8;
const maxFiles = 8;

/** Brings into the cache what is needed of a checkpoint and not there yet.
 * @returns the snapshot's folder
 * @throws download_failed, invalid_setting, invalid_checkpoint */
export async function downloadCheckpoint(
  destination: Destination,
  listing: CheckpointListing,
  options: DownloadOptions,
): Promise<string> {
  const { name, paths, commit } = listing;
  const folder = snapshotFolder(destination.cache, commit);
  const fetch = fileFetcher(destination, listing, options);
  try {
    await fetch(selectDescribingFiles(paths, name));
    const index = hasIndex(paths) ? await readFile(join(folder, weightsIndex), 'utf8') : undefined;
    await fetch(selectWeights(paths, index, name));
    return folder;
  } catch (error) {
    throw describeWriteError(error, destination.cache.folder, destination.knob);
  }
}

function fileFetcher({ cache, knob }: Destination, listing: CheckpointListing, options: DownloadOptions) {
  const { onProgress, onNote = () => {}, signal: outerSignal = new AbortController().signal } = options;
  const onRetry = (reason: string, waitMs: number) => onNote(retryNote(reason, waitMs));
  const retry = { ...(options.retry ?? defaultRetryPolicy), onRetry };
  const connections = new Semaphore(maxConnections);
  const progress = { bytesDone: 0, bytesTotal: 0 };
  const onBytes = (numBytes: number) => {
    progress.bytesDone += numBytes;
    onProgress?.({ ...progress });
  };
  const folder = snapshotFolder(cache, listing.commit);

  return async (paths: readonly string[]): Promise<void> => {
    const sources: BlobSource[] = [];
    await forEachParallel(paths, maxConnections, outerSignal, async (path, signal) => {
      const source = await withRetries(retry, signal, () => listing.file(path, signal));
      if ((await fileSize(join(folder, path))) !== source.size) sources.push(source);
    });
    await checkDiskSpace(cache.folder, await bytesToFetch(cache, sources), knob);
    for (const { size } of sources) progress.bytesTotal += size;
    await forEachParallel(sources, maxFiles, outerSignal, async (source, signal) => {
      await downloadBlob(cache, source, { connections, retry, signal, onBytes, onNote });
      await linkBlob(cache, listing.commit, source.path, source.blobName);
    });
  };
}

async function bytesToFetch(cache: RepositoryCache, sources: readonly BlobSource[]): Promise<number> {
  const missing = sources.map(async ({ blobName, size }) => {
    const path = blobPath(cache, blobName);
    const present = (await fileSize(path)) ?? (await fileSize(`${path}.incomplete`)) ?? 0;
    return Math.max(0, size - present);
  });
  return (await Promise.all(missing)).reduce((sum, numBytes) => sum + numBytes, 0);
}
