import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { ParlanceError } from '../errors/errors.ts';
import type { DownloadOptions } from './download-checkpoint.ts';
import { downloadModel, isS3Url } from './download-model.ts';
import type { HubSettings } from './hub-settings.ts';

export interface ModelSource {
  /** A folder, an id on the Hub, or `s3://bucket/prefix`. */
  readonly modelId: string | undefined;
  /** How `modelId` was given, such as `--model-id` or MODEL_ID. */
  readonly modelSetting: string;
  readonly revision: string | undefined;
  /** A folder that is served whatever `modelId` says. */
  readonly weightsCacheOverride: string | undefined;
  readonly hub: HubSettings;
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

/** Finds the checkpoint that is asked for among local folders, else on the Hub or in S3, from where it is downloaded.
 * @throws invalid_setting with what was looked for; download_failed, invalid_checkpoint */
export async function resolveModel(source: ModelSource, options: DownloadOptions = {}): Promise<ResolvedModel> {
  const { modelId, modelSetting, revision, weightsCacheOverride, hub } = source;
  if (weightsCacheOverride !== undefined)
    return { ...checkpointIn(weightsCacheOverride, 'WEIGHTS_CACHE_OVERRIDE'), id: modelId ?? weightsCacheOverride };
  if (modelId === undefined) return defaultModel(source);
  if (existsSync(modelId)) return { ...checkpointIn(modelId, modelSetting), id: modelId };
  if (/^[./~]/.test(modelId)) throw missing(`${modelSetting} ${modelId}: there is no such folder`);
  const downloaded = await downloadModel({ model: modelId, revision }, hub, options);
  return { folder: downloaded, id: modelId, sha: isS3Url(modelId) ? null : basename(downloaded) };
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

function missing(message: string): ParlanceError {
  return new ParlanceError('invalid_setting', message, { param: 'model-id' });
}
