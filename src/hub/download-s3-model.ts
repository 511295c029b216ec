import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ParlanceError } from '../errors/errors.ts';
import { findCachedSnapshot } from './cached-snapshot.ts';
import { type DownloadOptions, downloadCheckpoint } from './download-checkpoint.ts';
import type { HubSettings } from './hub-settings.ts';
import { type RepositoryCache, writeCacheFile, writeRef } from './repository-cache.ts';
import { defaultRetryPolicy, retryNote, withRetries } from './retry.ts';
import { formatS3Location, type S3Location } from './s3-location.ts';

/** The branch that stands for what the prefix held when it was last downloaded. */
const latest = 'latest';
/** Tells people, and `parlance models`, what a cache folder holds. */
export const locationFile = 'location';

/** The folder of a checkpoint's files, after what is missing has been downloaded from S3 to `HF_HOME/parlance/s3`.
 * @throws invalid_setting, download_failed, invalid_checkpoint */
export async function downloadS3Model(
  location: S3Location,
  settings: HubSettings,
  options: DownloadOptions = {},
): Promise<string> {
  const cache = s3Cache(location, settings);
  if (settings.isOffline) {
    const cached = await findCachedSnapshot(cache, latest);
    if (cached !== undefined) return cached;
    throw notCached(location, settings);
  }
  const { signal = new AbortController().signal, retry = defaultRetryPolicy, onNote } = options;
  const onRetry = (reason: string, waitMs: number) => onNote?.(retryNote(reason, waitMs));
  // The SDK takes 0.3 s to load: only where it is needed.
  const { createS3Client, listS3Files } = await import('./s3-client.ts');
  const client = createS3Client(process.env);
  try {
    const listing = await withRetries({ ...retry, onRetry }, signal, () =>
      listS3Files(client, location, settings.idleTimeoutMs, signal),
    );
    const folder = await downloadCheckpoint({ cache, knob: 'HF_HOME' }, listing, options);
    await writeRef(cache, latest, listing.commit);
    await writeCacheFile(cache, locationFile, formatS3Location(location));
    return folder;
  } finally {
    client.destroy();
  }
}

/** Prefixes may be longer than file names, and hold any character. */
function s3Cache({ bucket, prefix }: S3Location, { home }: HubSettings): RepositoryCache {
  const name = createHash('sha256').update(prefix).digest('hex').slice(0, 16);
  const root = join(home, 'parlance', 's3');
  return { folder: join(root, bucket, name), lockFolder: join(root, '.locks', bucket, name) };
}

function notCached(location: S3Location, { home }: HubSettings): ParlanceError {
  return new ParlanceError(
    'invalid_setting',
    `${formatS3Location(location)} is not in ${join(home, 'parlance/s3')}, or not whole, and HF_HUB_OFFLINE forbids ` +
      'to download it: unset it, or give a folder',
    { param: 'model-id' },
  );
}
