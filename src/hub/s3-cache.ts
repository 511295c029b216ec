import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { entriesOf } from './folder-entries.ts';
import type { HubSettings } from './hub-settings.ts';
import { type NamedCache, type RepositoryCache, writeCacheFile } from './repository-cache.ts';
import { formatS3Location, type S3Location } from './s3-location.ts';

/** Says which place in S3 a cache folder is of: its name has but a hash of the prefix. */
const locationFile = 'location';

export const s3CacheRoot = ({ home }: HubSettings): string => join(home, 'parlance', 's3');

/** The cache of a place in S3. Prefixes may be longer than file names, and hold any character. */
export function s3Cache(location: S3Location, settings: HubSettings): RepositoryCache {
  const name = createHash('sha256').update(location.prefix).digest('hex').slice(0, 16);
  return cacheAt(s3CacheRoot(settings), location.bucket, name);
}

const cacheAt = (root: string, bucket: string, name: string): RepositoryCache => ({
  folder: join(root, bucket, name),
  lockFolder: join(root, '.locks', bucket, name),
});

export const labelS3Cache = (cache: RepositoryCache, location: S3Location): Promise<void> =>
  writeCacheFile(cache, locationFile, formatS3Location(location));

/** All caches of places in S3, with what they are of. */
export async function cachedS3Locations(settings: HubSettings): Promise<NamedCache[]> {
  const root = s3CacheRoot(settings);
  const named: NamedCache[] = [];
  for (const bucket of await entriesOf(root))
    for (const { name: folder } of await entriesOf(join(root, bucket.name))) {
      const cache = cacheAt(root, bucket.name, folder);
      const name = await readFile(join(cache.folder, locationFile), 'utf8').catch(() => undefined);
      if (name !== undefined) named.push({ name, cache });
    }
  return named;
}
