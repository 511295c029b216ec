import { ParlanceError } from '../errors/errors.ts';
import { TransientError } from './blob-source.ts';
import { findCachedSnapshot } from './cached-snapshot.ts';
import type { CheckpointListing } from './checkpoint-listing.ts';
import { type DownloadOptions, downloadCheckpoint } from './download-checkpoint.ts';
import { listHubFiles } from './hub-client.ts';
import type { HubModel } from './hub-model.ts';
import type { HubSettings } from './hub-settings.ts';
import { hubRepositoryCache, writeRef } from './repository-cache.ts';
import { defaultRetryPolicy, retryNote, withRetries } from './retry.ts';

/** Where a snapshot is cached, an unreachable Hub should not hold up the start. */
const maxAttemptsWithCache = 2;

/** The folder of a model's files in the Hub cache, after what is missing has been downloaded. When the Hub can't be
 * reached, the snapshot of the last download serves.
 * @throws invalid_setting, download_failed, invalid_checkpoint */
export async function downloadHubModel(
  model: HubModel,
  settings: HubSettings,
  options: DownloadOptions = {},
): Promise<string> {
  const cache = hubRepositoryCache(settings.cacheFolder, model.id);
  const cached = await findCachedSnapshot(cache, model.revision);
  if (settings.offlineReason !== undefined) {
    if (cached !== undefined) return cached;
    throw notCached(model, settings);
  }
  const listing = await tryListing(model, settings, options, cached);
  if (typeof listing === 'string') return listing;
  const folder = await downloadCheckpoint({ cache, knob: 'HF_HUB_CACHE' }, listing, options);
  await writeRef(cache, model.revision, listing.commit);
  return folder;
}

/** @returns the cached snapshot in the place of a listing where the Hub can't be reached */
async function tryListing(
  model: HubModel,
  settings: HubSettings,
  { signal = new AbortController().signal, retry = defaultRetryPolicy, onNote }: DownloadOptions,
  cached: string | undefined,
): Promise<CheckpointListing | string> {
  const maxAttempts = cached === undefined ? retry.maxAttempts : maxAttemptsWithCache;
  const onRetry = (reason: string, waitMs: number) => onNote?.(retryNote(reason, waitMs));
  try {
    return await withRetries({ ...retry, maxAttempts, onRetry }, signal, () => listHubFiles(model, settings, signal));
  } catch (error) {
    const isUnreachable = error instanceof ParlanceError && error.cause instanceof TransientError;
    if (!isUnreachable || cached === undefined) throw error;
    onNote?.(`${settings.endpoint} can't be reached; taking ${model.id} from the cache, as it was last downloaded`);
    return cached;
  }
}

function notCached({ id, revision }: HubModel, { cacheFolder, offlineReason }: HubSettings): ParlanceError {
  return new ParlanceError(
    'invalid_setting',
    `${id} (revision ${revision}) is not in ${cacheFolder}, or not whole, and nothing may be downloaded ` +
      `(${offlineReason}): run \`parlance download ${id}\` first, where the network is`,
    { param: 'model-id' },
  );
}
