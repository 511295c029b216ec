import { ParlanceError } from '../errors/errors.ts';
import type { DownloadOptions } from './download-checkpoint.ts';
import { downloadHubModel } from './download-hub-model.ts';
import { downloadS3Model } from './download-s3-model.ts';
import { parseHubModel } from './hub-model.ts';
import type { HubSettings } from './hub-settings.ts';
import { parseS3Location } from './s3-location.ts';

export const isS3Url = (model: string): boolean => model.startsWith('s3://');

/** The folder of a model's files, after what is missing has been downloaded.
 * @param model `org/name` on the Hub, or `s3://bucket/prefix`
 * @throws invalid_setting, download_failed, invalid_checkpoint */
export async function downloadModel(
  { model, revision }: { readonly model: string; readonly revision: string | undefined },
  settings: HubSettings,
  options: DownloadOptions = {},
): Promise<string> {
  if (!isS3Url(model)) return downloadHubModel(parseHubModel(model, revision), settings, options);
  if (revision === undefined) return downloadS3Model(parseS3Location(model), settings, options);
  throw new ParlanceError('invalid_setting', `revision is ${revision}, but ${model} has none: leave it out`, {
    param: 'revision',
  });
}
