import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DownloadProgress } from '../../hub/download-checkpoint.ts';
import type { HubSettings } from '../../hub/hub-settings.ts';
import { type ResolvedModel, resolveModel } from '../../hub/resolve-model.ts';
import type { Log } from '../../observability/log.ts';
import { packageRoot } from '../process/package-info.ts';
import { hubSettings, hubSettingsWithSecret } from '../settings/hub-settings.ts';
import type { StartContext } from '../settings/start-context.ts';
import { type DownloadDisplay, showDownload } from './download-progress.ts';

/** What is served where no model is asked for: what SageMaker or Inference Endpoints mounted, else the model in this
 * package. */
const SAGEMAKER_FOLDER = '/opt/ml/model';
const DEFAULT_MODELS = [
  { folder: SAGEMAKER_FOLDER, id: SAGEMAKER_FOLDER },
  { folder: '/repository', id: '/repository' },
  { folder: join(packageRoot, 'demo-model'), id: 'parlance-demo' },
  { folder: join(packageRoot, 'test/fixtures/models/llama3-tied'), id: 'llama3-tied' },
];

/** Finds the checkpoint that the settings ask for, and downloads what is missing of it.
 * @param terminal to draw a progress bar on
 * @param onDownload called as it goes on
 * @throws invalid_setting, download_failed, invalid_checkpoint */
export async function findModel(
  context: StartContext,
  terminal: NodeJS.WriteStream | undefined,
  onDownload: (progress: DownloadProgress) => void = () => {},
): Promise<ResolvedModel> {
  const { settings, log } = context;
  const display = showDownload(settings.modelId ?? '', log, { terminal, now: () => performance.now() });
  const onProgress = (progress: DownloadProgress) => {
    onDownload(progress);
    display.onProgress(progress);
  };
  try {
    const model = await resolve(context, await hubSettingsWithSecret(settings), { ...display, onProgress });
    warnOfMountedModel(model, log);
    return model;
  } finally {
    display.end();
  }
}

/** SageMaker mounts a model only where it was told to: one that is not served may be a mistake. */
function warnOfMountedModel({ folder, id }: ResolvedModel, log: Log): void {
  if (folder === SAGEMAKER_FOLDER || !existsSync(join(SAGEMAKER_FOLDER, 'config.json'))) return;
  log.warn(
    `${SAGEMAKER_FOLDER} holds a model, too, but ${id} was asked for: leave HF_MODEL_ID out to serve the former`,
  );
}

/** Finds the checkpoint that the settings ask for, on this machine. @throws invalid_setting */
export function findLocalModel(context: StartContext): Promise<ResolvedModel> {
  const hub = hubSettings(context.settings);
  return resolve(context, { ...hub, offlineReason: hub.offlineReason ?? 'this command only looks' });
}

function resolve({ settings, sources }: StartContext, hub: HubSettings, display?: DownloadDisplay) {
  const { modelId, revision, weightsCacheOverride } = settings;
  const modelSetting = sources.get('modelId')?.name ?? '--model-id';
  const source = { modelId, modelSetting, revision, weightsCacheOverride, hub, defaults: DEFAULT_MODELS };
  return resolveModel(source, display);
}
