import { join } from 'node:path';
import type { HubSettings } from '../hub/hub-settings.ts';
import { type ResolvedModel, resolveModel } from '../hub/resolve-model.ts';
import { type DownloadDisplay, showDownload } from './download-progress.ts';
import { hubSettings, hubSettingsWithSecret } from './hub-settings.ts';
import { packageRoot } from './package-info.ts';
import type { StartContext } from './start-context.ts';

/** What is served where no model is asked for: what SageMaker or Inference Endpoints mounted, else the model in this
 * package. */
const DEFAULT_MODELS = [
  { folder: '/opt/ml/model', id: '/opt/ml/model' },
  { folder: '/repository', id: '/repository' },
  { folder: join(packageRoot, 'demo-model'), id: 'parlance-demo' },
  { folder: join(packageRoot, 'test/fixtures/models/llama3-tied'), id: 'llama3-tied' },
];

/** Finds the checkpoint that the settings ask for, and downloads what is missing of it.
 * @param terminal to draw a progress bar on
 * @throws invalid_setting, download_failed, invalid_checkpoint */
export async function findModel(
  context: StartContext,
  terminal: NodeJS.WriteStream | undefined,
): Promise<ResolvedModel> {
  const { settings, log } = context;
  const display = showDownload(settings.modelId ?? '', log, { terminal, now: () => performance.now() });
  try {
    return await resolve(context, await hubSettingsWithSecret(settings), display);
  } finally {
    display.end();
  }
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
