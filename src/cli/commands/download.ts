import { basename } from 'node:path';
import { Command } from 'commander';
import { downloadModel } from '../../hub/download-model.ts';
import { showDownload } from '../models/download-progress.ts';
import { hubSettings } from '../settings/hub-settings.ts';
import { addSettingOptions } from '../settings/setting-options.ts';
import { startContext } from '../settings/start-context.ts';

export function downloadCommand(): Command {
  const command = new Command('download')
    .description('Downloads what is needed to serve a model, or what is missing of it, and prints its folder.')
    .argument('<model>', 'the id of a model on the Hugging Face Hub, or s3://bucket/prefix')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  parlance download org/name --revision main');
  const given = addSettingOptions(command, ['model', 'logging']);
  return command.action(async (model: string, { json = false }: { readonly json?: boolean }) => {
    const { settings, log } = startContext(given, process.stderr);
    const terminal = process.stderr.isTTY ? process.stderr : undefined;
    const display = showDownload(model, log, { terminal, now: () => performance.now() });
    const { revision } = settings;
    const downloading = downloadModel({ model, revision }, hubSettings(settings), display);
    const folder = await downloading.finally(() => display.end());
    process.stdout.write(`${json ? JSON.stringify({ model, commit: basename(folder), folder }, null, 2) : folder}\n`);
  });
}
