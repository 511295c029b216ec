import { resolve } from 'node:path';
import { Command } from 'commander';
import { ParlanceError } from '../../errors/errors.ts';
import { quantisations } from '../../models/quantise/quantisation.ts';
import { quantiseInPlace, quantiseTo } from '../../models/quantise/quantise-folder.ts';
import { findModel } from '../models/find-model.ts';
import { showProgress } from '../models/load-progress.ts';
import { numThreads, weightSettings } from '../settings/engine-settings.ts';
import { addSettingOptions } from '../settings/setting-options.ts';
import { startContext } from '../settings/start-context.ts';

interface Options {
  readonly output?: string;
  readonly json?: boolean;
}

export function quantizeCommand(): Command {
  const command = new Command('quantize')
    .description('Packs the weights of a model ahead of its first start, and prints the folder to serve.')
    .argument('[model]', 'a checkpoint folder, the id of a model on the Hugging Face Hub, or s3://bucket/prefix')
    .option('--output <folder>', 'write a checkpoint of its own there, which needs the original no more')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  parlance quantize ./model --quantize int4 --output ./model-int4');
  const given = addSettingOptions(command, ['model', 'compute', 'logging']);
  return command.action(async (argument: string | undefined, { output, json = false }: Options) => {
    const asked = argument === undefined ? given : [...given, { flag: '--model-id', value: argument }];
    const context = startContext(asked, process.stderr);
    const { settings, log } = context;
    const { quantisation, cacheFolder } = weightSettings(settings);
    if (quantisation === undefined)
      throw new ParlanceError('invalid_setting', `--quantize is missing: give one of ${quantisations.join(', ')}`, {
        param: 'quantize',
      });
    const terminal = process.stderr.isTTY ? process.stderr : undefined;
    const { folder } = await findModel(context, terminal);
    const progress = showProgress(log, terminal, { numStages: 1, now: () => performance.now() });
    const options = {
      folder,
      quantisation,
      cacheFolder,
      numWorkers: numThreads(settings),
      onProgress: (share: number) => progress.begin('packing the weights', share),
      onNote: (note: string) => log.warn(note),
    };
    const target = output === undefined ? folder : resolve(output);
    const packing = output === undefined ? quantiseInPlace(options) : quantiseTo(target, options);
    await packing.finally(() => progress.end());
    process.stdout.write(`${json ? JSON.stringify({ quantisation, folder: target }, null, 2) : target}\n`);
  });
}
