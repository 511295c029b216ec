import { ParlanceError } from '../errors/errors.ts';
import { findCachedSnapshot } from './cached-snapshot.ts';
import { type DownloadOptions, downloadCheckpoint } from './download-checkpoint.ts';
import type { HubSettings } from './hub-settings.ts';
import { writeRef } from './repository-cache.ts';
import { defaultRetryPolicy, retryNote, withRetries } from './retry.ts';
import { labelS3Cache, s3Cache, s3CacheRoot } from './s3-cache.ts';
import { formatS3Location, type S3Location } from './s3-location.ts';

/** The branch that stands for what the prefix held when it was last downloaded. */
const latest = 'latest';

/** The folder of a checkpoint's files, after what is missing has been downloaded from S3 to `HF_HOME/parlance/s3`.
 * @throws invalid_setting, download_failed, invalid_checkpoint */
export async function downloadS3Model(
  location: S3Location,
  settings: HubSettings,
  options: DownloadOptions = {},
): Promise<string> {
  const cache = s3Cache(location, settings);
  if (settings.offlineReason !== undefined) {
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
    await labelS3Cache(cache, location);
    const folder = await downloadCheckpoint({ cache, knob: 'HF_HOME' }, listing, options);
    await writeRef(cache, latest, listing.commit);
    return folder;
  } finally {
    client.destroy();
  }
}

function notCached(location: S3Location, settings: HubSettings): ParlanceError {
  return new ParlanceError(
    'invalid_setting',
    `${formatS3Location(location)} is not in ${s3CacheRoot(settings)}, or not whole, and nothing may be downloaded ` +
      `(${settings.offlineReason}): run \`parlance download ${formatS3Location(location)}\` first`,
    { param: 'model-id' },
  );
}
