import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file tree that huggingface_hub made: `models--org--name/{refs,snapshots}`. */
export interface CacheLocation {
  /** HUGGINGFACE_HUB_CACHE. */
  readonly hubCache: string | undefined;
  /** HF_HOME. */
  readonly hfHome: string | undefined;
  /** The user's home folder. */
  readonly userHome: string;
}

export interface Snapshot {
  readonly folder: string;
  /** The commit. */
  readonly sha: string;
}

/** Where the cache is, by the rules of huggingface_hub. */
export function cacheFolder({ hubCache, hfHome, userHome }: CacheLocation): string {
  return hubCache ?? join(hfHome ?? join(userHome, '.cache', 'huggingface'), 'hub');
}

/** Whether the text has the form of a Hub model id: `name` or `organisation/name`, each of letters, digits, `-`, `_`, `.`. */
export function isHubId(id: string): boolean {
  return /^[\w-][\w.-]*(\/[\w-][\w.-]*)?$/.test(id) && !id.includes('..');
}

/** Finds a model's snapshot in the cache.
 * @param id as {@link isHubId} has it
 * @param revision a branch, a tag or a commit
 * @returns undefined where the cache does not have it */
export function findSnapshot(cache: string, id: string, revision: string): Snapshot | undefined {
  if (revision.split('/').includes('..')) return undefined;
  const repository = join(cache, `models--${id.replace('/', '--')}`);
  const ref = join(repository, 'refs', revision);
  const sha = existsSync(ref) ? readFileSync(ref, 'utf8').trim() : revision;
  const folder = join(repository, 'snapshots', sha);
  return existsSync(join(folder, 'config.json')) ? { folder, sha } : undefined;
}
