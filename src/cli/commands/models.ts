import { Command } from 'commander';
import { type CachedModel, deleteCachedModel, listCachedModels } from '../../hub/cached-models.ts';
import { textTable } from '../output/text-table.ts';
import { inBytes } from '../output/units.ts';
import { hubSettings } from '../settings/hub-settings.ts';
import { addSettingOptions } from '../settings/setting-options.ts';
import { startContext } from '../settings/start-context.ts';

interface Options {
  readonly json?: boolean;
}

export function modelsCommand(): Command {
  const command = new Command('models')
    .description('Lists the models in the cache: their size, when they were last used, and their revisions.')
    .option('--json', 'print one JSON object')
    .enablePositionalOptions()
    .addCommand(deleteCommand());
  const given = addSettingOptions(command, ['model', 'logging']);
  return command.action(async ({ json = false }: Options) => {
    const settings = hubSettings(startContext(given, process.stderr).settings);
    const models = await listCachedModels(settings);
    const lines = models.length > 0 ? asTable(models) : [`no models in ${settings.cacheFolder}`];
    process.stdout.write(`${json ? JSON.stringify({ models }, null, 2) : lines.join('\n')}\n`);
  });
}

function deleteCommand(): Command {
  const command = new Command('delete')
    .description('Removes a model from the cache, with all its revisions.')
    .argument('<name>', 'as `parlance models` lists it')
    .option('--json', 'print one JSON object');
  const given = addSettingOptions(command, ['model', 'logging']);
  return command.action(async (name: string, { json = false }: Options) => {
    const settings = hubSettings(startContext(given, process.stderr).settings);
    const { sizeBytes, folder } = await deleteCachedModel(name, settings);
    const text = `deleted ${name}: ${inBytes(sizeBytes)} freed`;
    process.stdout.write(`${json ? JSON.stringify({ name, folder, sizeBytes }, null, 2) : text}\n`);
  });
}

function asTable(models: readonly CachedModel[]): string[] {
  const rows = models.map(({ name, sizeBytes, lastUsed, snapshots }) => [
    name,
    inBytes(sizeBytes),
    lastUsed?.toISOString().slice(0, 10) ?? 'never',
    snapshots.map(describeSnapshot).join(', ') || 'partial',
  ]);
  return textTable([['MODEL', 'SIZE', 'LAST USED', 'REVISIONS'], ...rows]);
}

function describeSnapshot({ commit, revisions, isComplete }: CachedModel['snapshots'][number]): string {
  return `${revisions.join(' ') || commit.slice(0, 8)}${isComplete ? '' : ' (partial)'}`;
}
