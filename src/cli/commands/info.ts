import { Command } from 'commander';
import type { ResolvedModel } from '../../hub/resolve-model.ts';
import { describeModel, type ModelDescription } from '../describe-model.ts';
import { findLocalModel } from '../find-model.ts';
import { addSettingOptions } from '../setting-options.ts';
import { startContext } from '../start-context.ts';
import { inBytes, inShort } from '../units.ts';

export function infoCommand(): Command {
  const command = new Command('info')
    .description('Says what a model is, what memory it takes, and whether it can be served. Reads no weights.')
    .argument('[model]', 'a checkpoint folder, or the id of a model in the local cache')
    .option('--json', 'print one JSON object');
  const given = addSettingOptions(command, ['model', 'logging']);
  return command.action(async (argument: string | undefined, options: { readonly json?: boolean }) => {
    const asked = argument === undefined ? given : [...given, { flag: '--model-id', value: argument }];
    const model = await findLocalModel(startContext(asked, process.stderr));
    const description = await describeModel(model.folder);
    const text = options.json ? asJson(model, description) : asLines(model, description).join('\n');
    process.stdout.write(`${text}\n`);
  });
}

function asJson(model: ResolvedModel, description: ModelDescription): string {
  return JSON.stringify({ ...model, canBeServed: description.problems.length === 0, ...description }, null, 2);
}

function asLines(model: ResolvedModel, description: ModelDescription): string[] {
  const { architecture, family, config, numParameters, storedBytes, memory, chatTemplates, problems } = description;
  const row = (label: string, value: string) => `${label.padEnd(16)}${value}`;
  const lines = [row('model', model.id), row('folder', model.folder)];
  if (model.sha !== null) lines.push(row('commit', model.sha));
  if (architecture) lines.push(row('architecture', `${architecture} (family ${family})`));
  if (config) {
    const { numLayers, hiddenSize, numHeads, numKvHeads, vocabSize, maxPositions } = config;
    const heads =
      numHeads === numKvHeads ? `${numHeads} heads` : `${numHeads} heads on ${numKvHeads} of keys and values`;
    lines.push(row('shape', `${numLayers} layers of ${hiddenSize}, ${heads}, vocabulary ${vocabSize}`));
    lines.push(row('positions', String(maxPositions)));
  }
  if (numParameters !== undefined && storedBytes) {
    const stored = Object.entries(storedBytes).map(([type, bytes]) => `${inBytes(bytes)} of ${type}`);
    lines.push(row('parameters', `${inShort(numParameters)} (${stored.join(', ')})`));
  }
  if (memory && config) {
    const { weightBytes, kvBytesPerToken } = memory;
    lines.push(row('memory', `${inBytes(weightBytes)} for the weights, computed in float32`));
    const whole = `${inBytes(kvBytesPerToken * config.maxPositions)} for ${config.maxPositions} positions`;
    lines.push(row('', `${inBytes(kvBytesPerToken)} a token in the KV cache, ${whole}`));
  }
  lines.push(row('chat', chatTemplates.length > 0 ? `templates: ${chatTemplates.join(', ')}` : 'no chat template'));
  lines.push(row('can be served', problems.length === 0 ? 'yes' : 'no'));
  return [...lines, ...problems.map((problem) => `  - ${problem}`)];
}
