import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ParlanceError } from '../errors/errors.ts';
import { type CacheLocation, cacheFolder, findSnapshot, isHubId } from './local-cache.ts';

export interface ModelSource {
  /** A folder, or an id on the Hub. */
  readonly modelId: string | undefined;
  /** How `modelId` was given, such as `--model-id` or MODEL_ID. */
  readonly modelSetting: string;
  readonly revision: string | undefined;
  /** A folder that is served whatever `modelId` says. */
  readonly weightsCacheOverride: string | undefined;
  readonly cache: CacheLocation;
  /** Folders to serve where nothing is asked for, in order: SageMaker's, the bundled ones. */
  readonly defaults: readonly { readonly folder: string; readonly id: string }[];
}

export interface ResolvedModel {
  /** Absolute; holds config.json. */
  readonly folder: string;
  /** How the model is called towards users. */
  readonly id: string;
  /** The commit on the Hub, where it is known. */
  readonly sha: string | null;
}

/** Finds the checkpoint that is asked for among local folders and in the local Hub cache.
 * @throws invalid_setting with what was looked for, and how to give a folder */
export function resolveModel(source: ModelSource): ResolvedModel {
  const { modelId, modelSetting, weightsCacheOverride } = source;
  if (weightsCacheOverride !== undefined)
    return { ...checkpointIn(weightsCacheOverride, 'WEIGHTS_CACHE_OVERRIDE'), id: modelId ?? weightsCacheOverride };
  if (modelId === undefined) return defaultModel(source);
  if (existsSync(modelId)) return { ...checkpointIn(modelId, modelSetting), id: modelId };
  if (/^[./~]/.test(modelId)) throw missing(`${modelSetting} ${modelId}: there is no such folder`);
  return hubModel(modelId, source);
}

function defaultModel({ defaults }: ModelSource): ResolvedModel {
  const found = defaults.find(({ folder }) => existsSync(join(folder, 'config.json')));
  if (found) return { folder: resolve(found.folder), id: found.id, sha: null };
  const looked = defaults.map(({ folder }) => folder).join(', ');
  throw missing(`no model: give a checkpoint folder by --model-id (none of ${looked} holds a config.json)`);
}

function checkpointIn(folder: string, setting: string): { folder: string; sha: null } {
  const path = resolve(folder);
  if (!existsSync(path)) throw missing(`${setting} ${folder}: there is no such folder`);
  if (!statSync(path).isDirectory()) throw missing(`${setting} ${folder} is a file; give the folder it is in`);
  if (!existsSync(join(path, 'config.json')))
    throw missing(`${setting} ${folder}: the folder holds no config.json, so it is no checkpoint`);
  return { folder: path, sha: null };
}

function hubModel(id: string, { modelSetting, revision = 'main', cache }: ModelSource): ResolvedModel {
  if (!isHubId(id))
    throw missing(`${modelSetting} ${id} is neither a folder nor a model id of the Hub (organisation/name)`);
  const folder = cacheFolder(cache);
  const snapshot = findSnapshot(folder, id, revision);
  if (snapshot) return { ...snapshot, id };
  throw missing(
    `${modelSetting} ${id}: there is no such folder, and the Hub cache ${folder} has no snapshot of it at revision ${revision}. ` +
      'Downloading is not available yet: download the model by other means and give its folder, ' +
      `such as: hf download ${id} --local-dir ./model && parlance serve --model-id ./model`,
  );
}

function missing(message: string): ParlanceError {
  return new ParlanceError('invalid_setting', message, { param: 'model-id' });
}
