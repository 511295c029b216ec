import type { GivenFlag } from '../../config/read-settings.ts';
import { startContext } from '../settings/start-context.ts';
import { findModel } from './find-model.ts';
import { type LoadedGenerator, loadGenerator } from './load-generator.ts';

/** Loads the model that the flags and the environment ask for, without a server. Standard output stays free: what there
 * is to say goes to standard error, warnings alone unless a log level is set. */
export async function openGenerator(given: readonly GivenFlag[]): Promise<LoadedGenerator> {
  const context = startContext(given, process.stderr);
  const terminal = process.stderr.isTTY ? process.stderr : undefined;
  const model = await findModel(context, terminal);
  return loadGenerator({ model, context, terminal, onCrash: (error) => context.log.error(error.message) });
}
