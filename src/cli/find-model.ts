import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import type { Sources } from '../config/source.ts';
import { type ResolvedModel, resolveModel } from '../hub/resolve-model.ts';
import { packageRoot } from './package-info.ts';

/** What is served where no model is asked for: what SageMaker mounted, else the model in this package. */
const DEFAULT_MODELS = [
  { folder: '/opt/ml/model', id: '/opt/ml/model' },
  { folder: join(packageRoot, 'demo-model'), id: 'parlance-demo' },
  { folder: join(packageRoot, 'test/fixtures/models/llama3-tied'), id: 'llama3-tied' },
];

/** Finds the checkpoint that the settings ask for. @throws invalid_setting */
export function findModel(settings: Settings, sources: Sources): ResolvedModel {
  return resolveModel({
    modelId: settings.modelId,
    modelSetting: sources.get('modelId')?.name ?? '--model-id',
    revision: settings.revision,
    weightsCacheOverride: settings.weightsCacheOverride,
    cache: { hubCache: settings.huggingfaceHubCache, hfHome: settings.hfHome, userHome: homedir() },
    defaults: DEFAULT_MODELS,
  });
}
