import { closeSync, fstatSync, openSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import koffi from 'koffi';
import { ParlanceError } from '../errors/errors.ts';
import { loadLibrary } from './native-library.ts';

/** A lock that is held until `release`, or until the process ends in any way. */
export interface FileLock {
  release(): void;
}

export interface FileLockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called once, where another holds the lock. */
  readonly onWait?: () => void;
}

const lockExclusive = 2;
const nonBlocking = 4;
const pollMs = 100;

const loadFlock = () => loadLibrary(null).func('int flock(int fd, int operation)');
let flock: ReturnType<typeof loadFlock> | undefined;

/** Waits for an exclusive flock(2) on a file, which it creates together with its folder and leaves in place.
 * The kernel frees the lock of a process that is killed, sees through PID namespaces, and Python's filelock takes the
 * same one.
 * @throws runtime where the file system has no locks, or its folder can't be written */
export async function acquireFileLock(path: string, { signal, onWait }: FileLockOptions = {}): Promise<FileLock> {
  await mkdir(dirname(path), { recursive: true });
  let lock = tryFileLock(path);
  if (lock === undefined) onWait?.();
  while (lock === undefined) {
    await sleep(pollMs, undefined, signal === undefined ? {} : { signal });
    lock = tryFileLock(path);
  }
  return lock;
}

/** Takes the lock if it is free, in a folder that exists. @throws as {@link acquireFileLock} */
export function tryFileLock(path: string): FileLock | undefined {
  flock ??= loadFlock();
  const descriptor = openSync(path, 'a');
  if (flock(descriptor, lockExclusive | nonBlocking) !== 0) {
    const errno = koffi.errno();
    closeSync(descriptor);
    if (errno === koffi.os.errno.EAGAIN || errno === koffi.os.errno.EACCES) return undefined;
    throw new ParlanceError('runtime', `${path} can't be locked (errno ${errno}): its file system must have flock`);
  }
  // Whoever removed the file in the meantime, as some versions of filelock do, made room for a second lock.
  if (statSync(path, { throwIfNoEntry: false })?.ino !== fstatSync(descriptor).ino) {
    closeSync(descriptor);
    return undefined;
  }
  return { release: () => closeSync(descriptor) };
}
