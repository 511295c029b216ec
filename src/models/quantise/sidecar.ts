import { createHash } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { ParlanceError } from '../../errors/errors.ts';
import { acquireFileLock } from '../../system/file-lock.ts';
import { readSafetensorsHeader, type StoredTensor } from '../safetensors.ts';

export interface SidecarOptions {
  /** Of the checkpoint: sidecars lie in its folder `.parlance`. */
  readonly folder: string;
  /** Holds sidecars of checkpoints whose own folder can't. */
  readonly cacheFolder: string;
  /** What is packed, such as `int4`. A new sidecar takes the place of older ones of its kind. */
  readonly kind: string;
  /** Of all that the sidecar's content depends on. */
  readonly key: string;
  readonly fileBytes: number;
  /** Writes the whole file; it is on the disk when this resolves. */
  readonly write: (file: string) => Promise<void>;
  /** Called where another process is writing it. */
  readonly onWait?: (folder: string) => void;
}

const suffix = '.safetensors';

/** Finds the file of packed weights that belongs to a checkpoint, or has it written. It gets its name once it is whole, so
 * that a process may be killed at any moment; of processes that start at once, one writes it and the others wait.
 * @returns its tensors, by name
 * @throws invalid_setting where no folder can hold it */
export async function openSidecar(options: SidecarOptions): Promise<Map<string, StoredTensor>> {
  const { folder, cacheFolder, kind, key } = options;
  const ofCheckpoint = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  const homes = [join(folder, '.parlance'), join(cacheFolder, ofCheckpoint)];
  const name = `${kind}-${key}${suffix}`;
  for (const home of homes) {
    const known = await readWhole(join(home, name));
    if (known !== undefined) return known;
  }
  return writeOnce(await firstUsable(homes, options.fileBytes), name, options);
}

async function writeOnce(home: string, name: string, { kind, write, onWait }: SidecarOptions) {
  const file = join(home, name);
  const lock = await acquireFileLock(join(home, `${kind}.lock`), { ...(onWait && { onWait: () => onWait(home) }) });
  try {
    const known = await readWhole(file);
    if (known !== undefined) return known;
    await removeAll(home, (other) => other.startsWith(`${kind}-`) && other.endsWith(suffix));
    const incomplete = join(home, `${kind}.incomplete`);
    try {
      await write(incomplete);
      await rename(incomplete, file);
    } finally {
      await rm(incomplete, { force: true });
    }
    await syncFolder(home);
    return await readSafetensorsHeader(file);
  } finally {
    lock.release();
  }
}

/** @returns undefined where there is no such file, or it was damaged since it was written */
async function readWhole(file: string): Promise<Map<string, StoredTensor> | undefined> {
  if (!existsSync(file)) return undefined;
  try {
    return await readSafetensorsHeader(file);
  } catch (error) {
    if (error instanceof ParlanceError) return undefined;
    throw error;
  }
}

async function firstUsable(homes: readonly string[], fileBytes: number): Promise<string> {
  const problems: string[] = [];
  for (const home of homes) {
    const problem = await whyUnusable(home, fileBytes);
    if (problem === undefined) return home;
    problems.push(`${home} ${problem}`);
  }
  throw new ParlanceError(
    'invalid_setting',
    `there is nowhere to keep the packed weights: ${problems.join('; ')}. Make room, or set HF_HOME to a folder that can be written`,
    { param: 'quantize' },
  );
}

async function whyUnusable(home: string, fileBytes: number): Promise<string | undefined> {
  try {
    await mkdir(home, { recursive: true });
    await access(home, constants.W_OK);
    const { bavail, bsize } = await statfs(home);
    const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
    if (bavail * bsize >= fileBytes) return undefined;
    return `has ${gigabytes(bavail * bsize)} free of the ${gigabytes(fileBytes)} that are needed`;
  } catch (error) {
    return `can't be written (${error instanceof Error && 'code' in error ? error.code : error})`;
  }
}

async function removeAll(folder: string, isDoomed: (name: string) => boolean): Promise<void> {
  for (const name of await readdir(folder)) if (isDoomed(name)) await rm(join(folder, name), { force: true });
}

/** A name is on the disk once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
