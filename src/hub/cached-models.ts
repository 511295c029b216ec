import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ParlanceError } from '../errors/errors.ts';
import { type FileLock, tryFileLock } from '../system/file-lock.ts';
import { isComplete } from './cached-snapshot.ts';
import { entriesOf } from './folder-entries.ts';
import type { HubSettings } from './hub-settings.ts';
import { cachedHubModels, type NamedCache } from './repository-cache.ts';
import { cachedS3Locations } from './s3-cache.ts';

/** A model that is in the cache, at least in part. */
export interface CachedModel {
  /** As it is asked for: `org/name`, or `s3://bucket/prefix`. */
  readonly name: string;
  readonly folder: string;
  readonly snapshots: readonly CachedSnapshot[];
  /** What its contents take on the disk, each counted once; partial files and packed weights, too. */
  readonly sizeBytes: number;
  /** When one of its files was last read, as far as the file system keeps account. */
  readonly lastUsed: Date | undefined;
}

interface CachedSnapshot {
  readonly commit: string;
  /** Branches and tags that stand for it. */
  readonly revisions: readonly string[];
  /** Whether it can be served without the network. */
  readonly isComplete: boolean;
}

/** Everything in the Hub cache and the cache for S3, by name. */
export async function listCachedModels(settings: HubSettings): Promise<CachedModel[]> {
  const models = await Promise.all((await allCaches(settings)).map(describeCache));
  return models.sort((a, b) => a.name.localeCompare(b.name));
}

/** Removes a model from the cache. It disappears at once, and what has its files open keeps them.
 * @returns what was freed
 * @throws invalid_setting where it isn't there, or is being downloaded */
export async function deleteCachedModel(name: string, settings: HubSettings): Promise<CachedModel> {
  const found = (await allCaches(settings)).find((entry) => entry.name === name.replace(/\/+$/, ''));
  if (found === undefined)
    throw new ParlanceError('invalid_setting', `${name} is not in the cache: \`parlance models\` lists what is`, {
      param: 'name',
    });
  const model = await describeCache(found);
  const locks = await takeLocks(found);
  try {
    const doomed = join(dirname(found.cache.folder), `.deleted-${randomUUID()}`);
    await rename(found.cache.folder, doomed);
    await rm(doomed, { recursive: true });
  } finally {
    for (const lock of locks) lock.release();
  }
  return model;
}

async function takeLocks({ name, cache: { lockFolder } }: NamedCache): Promise<FileLock[]> {
  const locks: FileLock[] = [];
  for (const { name: file } of await entriesOf(lockFolder)) {
    const lock = tryFileLock(join(lockFolder, file));
    if (lock !== undefined) locks.push(lock);
    else {
      for (const taken of locks) taken.release();
      throw new ParlanceError('invalid_setting', `${name} is being downloaded: end that first`, { param: 'name' });
    }
  }
  return locks;
}

const allCaches = async (settings: HubSettings): Promise<NamedCache[]> => [
  ...(await cachedHubModels(settings.cacheFolder)),
  ...(await cachedS3Locations(settings)),
];

async function describeCache({ name, cache: { folder } }: NamedCache): Promise<CachedModel> {
  const paths = await Promise.all(['blobs', 'snapshots'].map((part) => filesBelow(join(folder, part))));
  const files = await Promise.all(paths.flat().map((path) => stat(path)));
  const commits = (await entriesOf(join(folder, 'snapshots'))).map((entry) => entry.name);
  const refs = await refsOf(folder);
  const snapshots = commits.map(async (commit) => ({
    commit,
    revisions: refs.filter((ref) => ref.commit === commit).map((ref) => ref.revision),
    isComplete: await isComplete(join(folder, 'snapshots', commit)).catch(() => false),
  }));
  const lastUsedMs = Math.max(...files.map((file) => Math.max(file.atimeMs, file.mtimeMs)));
  return {
    name,
    folder,
    snapshots: await Promise.all(snapshots),
    sizeBytes: files.reduce((sum, { size }) => sum + size, 0),
    lastUsed: files.length === 0 ? undefined : new Date(lastUsedMs),
  };
}

/** Files proper: a snapshot's own are links to blobs, beside which packed weights lie. */
async function filesBelow(folder: string): Promise<string[]> {
  const files = (await entriesOf(folder, { recursive: true })).filter((entry) => entry.isFile());
  return files.map((file) => join(file.parentPath, file.name));
}

async function refsOf(folder: string): Promise<{ revision: string; commit: string }[]> {
  const refs = join(folder, 'refs');
  const files = await filesBelow(refs);
  return Promise.all(
    files.map(async (file) => ({
      revision: file.slice(refs.length + 1),
      commit: (await readFile(file, 'utf8')).trim(),
    })),
  );
}
