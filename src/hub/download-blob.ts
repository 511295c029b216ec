import type { Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rename, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ParlanceError } from '../errors/errors.ts';
import { acquireFileLock } from '../system/file-lock.ts';
import { Appender } from './appender.ts';
import { type BlobSource, createDigest } from './blob-source.ts';
import { readAhead, type Transfer } from './read-ahead.ts';
import { blobPath, fileSize, lockPath, type RepositoryCache } from './repository-cache.ts';

export interface BlobTransfer extends Transfer {
  /** Told how many bytes more are there; fewer, where a partial file turns out to be unusable. */
  readonly onBytes: (numBytes: number) => void;
  readonly onNote: (note: string) => void;
}

const readBytes = 2 ** 20;

/** Brings a file's content into the cache, unless it is there. A partial file of an earlier process is completed; the
 * content is checked before it gets its name. One process at a time downloads a blob; others wait and find it.
 * @throws download_failed */
export async function downloadBlob(cache: RepositoryCache, source: BlobSource, transfer: BlobTransfer): Promise<void> {
  const lock = await acquireFileLock(lockPath(cache, source.blobName), {
    signal: transfer.signal,
    onWait: () => transfer.onNote(`${source.path}: waiting for another process that is downloading it`),
  });
  try {
    const path = blobPath(cache, source.blobName);
    if ((await fileSize(path)) === source.size) return transfer.onBytes(source.size);
    await mkdir(dirname(path), { recursive: true });
    const partial = `${path}.incomplete`;
    await fillPartial(partial, source, transfer);
    await rename(partial, path);
  } finally {
    lock.release();
  }
}

async function fillPartial(partial: string, source: BlobSource, transfer: BlobTransfer): Promise<void> {
  if (await isFilled(partial, source, transfer)) return;
  // Removed, not truncated: on network file systems that only pretend to lock, another process may be at it.
  await unlink(partial);
  transfer.onBytes(-source.size);
  transfer.onNote(`${source.path}: what arrived does not match its ${source.digest?.algorithm}; downloading it again`);
  if (await isFilled(partial, source, transfer)) return;
  await unlink(partial);
  throw new ParlanceError(
    'download_failed',
    `${source.path} arrived with another content than announced, twice: its ${source.digest?.algorithm} should be ` +
      `${source.digest?.hex}; a proxy or mirror on the way may change or cut it`,
  );
}

async function isFilled(partial: string, source: BlobSource, transfer: BlobTransfer): Promise<boolean> {
  if (((await fileSize(partial)) ?? 0) > source.size) await unlink(partial);
  // Not `a`: on Linux, that ignores the position of a write. Python opens the file with `ab`, but not while we hold the lock.
  const file = await open(partial, constants.O_RDWR | constants.O_CREAT);
  try {
    if (!(await isCompleted(file, source, transfer))) return false;
    await checkIdentity(file, partial);
    return true;
  } finally {
    await file.close();
  }
}

/** What was checked must be what gets the blob's name. @throws download_failed */
async function checkIdentity(file: FileHandle, path: string): Promise<void> {
  const [checked, named] = await Promise.all([file.stat(), stat(path).catch(() => undefined)]);
  if (checked.ino === named?.ino) return;
  throw new ParlanceError(
    'download_failed',
    `${path} was replaced by another process during its download: the file system does not keep locks (flock)`,
  );
}

/** Appends what is missing. @returns whether the whole content has the digest that it should */
async function isCompleted(file: FileHandle, source: BlobSource, transfer: BlobTransfer): Promise<boolean> {
  const hash = createDigest(source.digest?.algorithm ?? 'sha256', source.size);
  const position = await hashBeginning(file, hash);
  transfer.onBytes(position);
  if (position < source.size) {
    const appender = new Appender(file, position);
    try {
      for await (const chunk of readAhead(source, position, transfer)) {
        hash.update(chunk);
        await appender.append(chunk);
        transfer.onBytes(chunk.length);
      }
    } finally {
      await appender.flush();
    }
  }
  if (source.digest !== undefined && hash.digest('hex') !== source.digest.hex) return false;
  // Before the rename, lest a power cut leaves the name without the content.
  await file.datasync();
  return true;
}

/** @returns how many bytes the file has */
async function hashBeginning(file: FileHandle, hash: Hash): Promise<number> {
  const { size } = await file.stat();
  const buffer = Buffer.allocUnsafe(readBytes);
  for (let position = 0; position < size; ) {
    const { bytesRead } = await file.read(buffer, 0, readBytes, position);
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
  return size;
}
