import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ParlanceError } from '../errors/errors.ts';

/** Holds a download against the space that is free, before it begins.
 * @param folder may be missing still
 * @param knob the setting that moves the folder elsewhere @throws download_failed */
export async function checkDiskSpace(folder: string, numBytes: number, knob: string): Promise<void> {
  const freeBytes = await freeSpace(folder);
  if (freeBytes !== undefined && freeBytes < numBytes)
    throw new ParlanceError(
      'download_failed',
      `${formatBytes(numBytes)} are to be downloaded to ${folder}, where ${formatBytes(freeBytes)} are free: ` +
        `make room, or set ${knob} to a folder on a larger disk`,
    );
}

async function freeSpace(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return folder === dirname(folder) ? undefined : freeSpace(dirname(folder));
  }
}

/** Says what to do about a failure to write into the cache; other errors come back as they are. */
export function describeWriteError(error: unknown, folder: string, knob: string): unknown {
  if (typeof error !== 'object' || error === null || !('syscall' in error) || !('code' in error)) return error;
  const isFull = error.code === 'ENOSPC' || error.code === 'EDQUOT';
  const problem = isFull
    ? 'the disk is full: make room'
    : `it can't be written (${error.code}): change its permissions`;
  return new ParlanceError('download_failed', `${folder}: ${problem}, or set ${knob} to another folder`, {
    cause: error,
  });
}

/** Decimal units, as disks and the Hub's pages have them. */
function formatBytes(numBytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = numBytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(numBytes) / 3), units.length - 1);
  return `${(numBytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}
