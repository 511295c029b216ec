import type { ModelSize } from '../../deploy/model-fit.ts';
import { ParlanceError } from '../../errors/errors.ts';
import { resolveModel } from '../../hub/resolve-model.ts';
import { describeModel } from '../models/describe-model.ts';
import { inShort } from '../output/units.ts';
import { hubSettings } from '../settings/hub-settings.ts';
import { startContext } from '../settings/start-context.ts';
import type { DeployOptions } from './deploy-context.ts';

/** Refuses what can't fit the instance type. The model's size is what --parameters says, else what the local cache has of
 * it, else what the Hub says, where it may be asked.
 * @returns what was checked, in words
 * @throws does_not_fit, naming the smallest instance type that would do; what a download would throw */
export async function checkFit(
  model: string | undefined,
  options: DeployOptions,
  mayGoOnline: boolean,
): Promise<{ text: string; size: ModelSize | undefined }> {
  const { describeMisfit, fitByName } = await import('../../deploy/model-fit.ts');
  const size = await findSize(model, options, mayGoOnline);
  const { instanceType, quantize } = options;
  if (size === undefined) return { text: `fit into ${instanceType}: not checked (give --parameters 7.24e9)`, size };
  const fit = fitByName(size, instanceType, quantize);
  if (fit === undefined)
    return { text: `fit: not checked, since ${instanceType} is not a type that is known here`, size };
  if (!fit.fits)
    throw new ParlanceError('does_not_fit', describeMisfit(size, fit, quantize), { param: '--instance-type' });
  const inGib = (bytes: number) => (bytes / 2 ** 30).toFixed(1);
  const room = `${inGib(fit.neededBytes)} of ${inGib(fit.availableBytes)} GiB`;
  return { text: `fit into ${instanceType}: ${inShort(size.numParameters)} parameters take ${room}`, size };
}

async function findSize(
  model: string | undefined,
  { parameters, revision }: DeployOptions,
  mayGoOnline: boolean,
): Promise<ModelSize | undefined> {
  if (parameters !== undefined) return { numParameters: parameters };
  if (model === undefined) return undefined;
  const { settings } = startContext([], process.stderr);
  const hub = hubSettings(settings);
  const cached = await findCached(model, revision, hub);
  if (cached !== undefined || !mayGoOnline || hub.offlineReason !== undefined) return cached;
  const { readModelSize } = await import('../../deploy/read-model-size.ts');
  return readModelSize(model, revision, hub);
}

/** @returns undefined for a model that isn't in the cache */
async function findCached(
  modelId: string,
  revision: string | undefined,
  hub: ReturnType<typeof hubSettings>,
): Promise<ModelSize | undefined> {
  const source = {
    modelId,
    modelSetting: 'model',
    revision,
    weightsCacheOverride: undefined,
    hub: { ...hub, offlineReason: 'the cache is only looked at' },
    defaults: [],
  };
  try {
    const { numParameters, memory, config } = await describeModel((await resolveModel(source)).folder);
    if (numParameters === undefined) return undefined;
    return { numParameters, kvBytesPerToken: memory?.kvBytesPerToken, maxPositions: config?.maxPositions };
  } catch (error) {
    if (error instanceof ParlanceError && error.code === 'invalid_setting') return undefined;
    throw error;
  }
}
