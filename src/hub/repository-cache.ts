import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readlink, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { entriesOf } from './folder-entries.ts';

/** The cache of one repository, in the layout of Python's huggingface_hub:
 * `blobs/<etag>` hold the contents, `snapshots/<commit>/<path>` are relative links to them, `refs/<revision>` hold
 * the commit of a branch or tag.
 * @see https://huggingface.co/docs/huggingface_hub/guides/manage-cache */
export interface RepositoryCache {
  readonly folder: string;
  /** Folder of the locks, one a blob. */
  readonly lockFolder: string;
}

/** A cache with the model that it is of, as it is asked for. */
export interface NamedCache {
  readonly name: string;
  readonly cache: RepositoryCache;
}

/** All caches of models of the Hub. */
export async function cachedHubModels(cacheFolder: string): Promise<NamedCache[]> {
  const ids = (await entriesOf(cacheFolder))
    .filter((entry) => entry.isDirectory() && entry.name.startsWith('models--'))
    .map((entry) => entry.name.slice('models--'.length).replaceAll('--', '/'));
  return ids.map((name) => ({ name, cache: hubRepositoryCache(cacheFolder, name) }));
}

/** The cache of a model of the Hub. @param id such as `org/name` */
export function hubRepositoryCache(cacheFolder: string, id: string): RepositoryCache {
  const name = `models--${id.replaceAll('/', '--')}`;
  return { folder: join(cacheFolder, name), lockFolder: join(cacheFolder, '.locks', name) };
}

export const snapshotFolder = ({ folder }: RepositoryCache, commit: string): string =>
  join(folder, 'snapshots', commit);

export const blobPath = ({ folder }: RepositoryCache, blobName: string): string => join(folder, 'blobs', blobName);

export const lockPath = ({ lockFolder }: RepositoryCache, blobName: string): string =>
  join(lockFolder, `${blobName}.lock`);

const refPath = ({ folder }: RepositoryCache, revision: string): string => join(folder, 'refs', revision);

const isCommit = (revision: string): boolean => /^[0-9a-f]{40}$/.test(revision);

/** The commit that a revision stood for when it was last downloaded. */
export async function readRef(cache: RepositoryCache, revision: string): Promise<string | undefined> {
  if (isCommit(revision)) return revision;
  try {
    return (await readFile(refPath(cache, revision), 'utf8')).trim();
  } catch {
    return undefined;
  }
}

export async function writeRef(cache: RepositoryCache, revision: string, commit: string): Promise<void> {
  if (isCommit(revision) || (await readRef(cache, revision)) === commit) return;
  await writeCacheFile(cache, join('refs', revision), commit);
}

/** Writes a file of the cache, so that readers see all of it or what was there before. */
export async function writeCacheFile(cache: RepositoryCache, path: string, text: string): Promise<void> {
  const file = join(cache.folder, path);
  await mkdir(dirname(file), { recursive: true });
  await placeAtomically(cache, file, (temporary) => writeFile(temporary, text));
}

/** The size of a file, through links; undefined where there is none. */
export async function fileSize(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch {
    return undefined;
  }
}

/** Makes `path` of a snapshot point to a blob that is whole. */
export async function linkBlob(cache: RepositoryCache, commit: string, path: string, blobName: string): Promise<void> {
  const pointer = join(snapshotFolder(cache, commit), ...path.split('/'));
  const target = relative(dirname(pointer), blobPath(cache, blobName)).replaceAll(sep, '/');
  if ((await readlink(pointer).catch(() => undefined)) === target) return;
  await mkdir(dirname(pointer), { recursive: true });
  await placeAtomically(cache, pointer, (temporary) => symlink(target, temporary));
}

/** What is made under the temporary name appears whole at `path`; after a kill in between, nothing does. */
async function placeAtomically(
  { folder }: RepositoryCache,
  path: string,
  make: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = join(folder, `tmp_${randomUUID()}`);
  await make(temporary);
  await rename(temporary, path);
}
