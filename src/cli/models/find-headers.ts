import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCachedSnapshot } from '../../hub/cached-snapshot.ts';
import { downloadHeaders } from '../../hub/download-headers.ts';
import { isS3Url } from '../../hub/download-model.ts';
import { type HubModel, parseHubModel } from '../../hub/hub-model.ts';
import type { HubSettings } from '../../hub/hub-settings.ts';
import { hubRepositoryCache } from '../../hub/repository-cache.ts';
import type { ResolvedModel } from '../../hub/resolve-model.ts';
import { hubSettings } from '../settings/hub-settings.ts';
import type { StartContext } from '../settings/start-context.ts';
import { findLocalModel } from './find-model.ts';

/** A model that may be on the Hub alone; then its folder holds headers, and is gone once it was looked at. */
export interface LookedAtModel extends ResolvedModel {
  readonly isDownloaded: boolean;
}

/** Looks at a model where it is: on this machine, or on the Hub, of which nothing but the headers of the weights is read.
 * @throws invalid_setting, download_failed, invalid_checkpoint */
export async function lookAtModel<T>(context: StartContext, look: (model: LookedAtModel) => Promise<T>): Promise<T> {
  const hub = hubSettings(context.settings);
  const remote = await findRemote(context, hub);
  if (remote === undefined) return look({ ...(await findLocalModel(context)), isDownloaded: true });
  const folder = await mkdtemp(join(tmpdir(), 'parlance-headers-'));
  try {
    const sha = await downloadHeaders(remote, folder, hub);
    return await look({ folder, id: remote.id, sha, isDownloaded: false });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @returns undefined for what is on this machine, or may only be looked for there */
async function findRemote({ settings }: StartContext, hub: HubSettings): Promise<HubModel | undefined> {
  const { modelId, revision, weightsCacheOverride } = settings;
  if (modelId === undefined || weightsCacheOverride !== undefined || hub.offlineReason !== undefined) return undefined;
  if (existsSync(modelId) || /^[./~]/.test(modelId) || isS3Url(modelId)) return undefined;
  const model = parseHubModel(modelId, revision);
  const cached = await findCachedSnapshot(hubRepositoryCache(hub.cacheFolder, model.id), model.revision);
  return cached === undefined ? model : undefined;
}
