import { Command } from 'commander';
import { quantizeMeaning } from '../../config/quantize-names.ts';
import type { Settings } from '../../config/settings.ts';
import type { MemorySettings } from '../../engine/memory/plan-loading.ts';
import { describeModel, type ModelDescription } from '../models/describe-model.ts';
import { type LookedAtModel, lookAtModel } from '../models/find-headers.ts';
import { inBytes, inShort } from '../output/units.ts';
import { addSettingOptions } from '../settings/setting-options.ts';
import { startContext } from '../settings/start-context.ts';

export function infoCommand(): Command {
  const command = new Command('info')
    .description('Says what a model is, what memory it takes, and whether it can be served here. Reads no weights.')
    .argument('[model]', 'a checkpoint folder, or the id of a model on the Hugging Face Hub: it is not downloaded')
    .option('--json', 'print one JSON object');
  const given = addSettingOptions(command, ['model', 'limits', 'batching', 'logging']);
  return command.action(async (argument: string | undefined, options: { readonly json?: boolean }) => {
    const asked = argument === undefined ? given : [...given, { flag: '--model-id', value: argument }];
    const context = startContext(asked, process.stderr);
    const text = await lookAtModel(context, async (model) => {
      const description = named(await describeModel(model.folder, memorySettings(context.settings)), model);
      return options.json ? asJson(model, description) : asLines(model, description).join('\n');
    });
    process.stdout.write(`${text}\n`);
  });
}

function memorySettings({ quantize, maxTotalTokens, maxBatchSize, prefillChunk }: Settings): MemorySettings {
  const meaning = quantize && quantizeMeaning(quantize);
  const quantisation = meaning === 'gptq' || meaning === 'awq' ? undefined : meaning;
  return { quantisation, maxTotalTokens, maxBatchSize, batching: { prefillChunkTokens: prefillChunk } };
}

/** What is wrong with a model on the Hub is no matter of the folder that its headers are in. */
function named(description: ModelDescription, { folder, id, isDownloaded }: LookedAtModel): ModelDescription {
  if (isDownloaded) return description;
  return { ...description, problems: description.problems.map((problem) => problem.replaceAll(folder, id)) };
}

function asJson({ id, folder, sha, isDownloaded }: LookedAtModel, description: ModelDescription): string {
  const where = { id, folder: isDownloaded ? folder : null, sha, isDownloaded };
  return JSON.stringify({ ...where, canBeServed: description.problems.length === 0, ...description }, null, 2);
}

const row = (label: string, value: string) => `${label.padEnd(16)}${value}`;

function asLines(model: LookedAtModel, description: ModelDescription): string[] {
  const { architecture, family, config, numParameters, storedBytes, chatTemplates, problems } = description;
  const lines = [row('model', model.id), row('folder', model.isDownloaded ? model.folder : 'not downloaded')];
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
  lines.push(...memoryLines(description));
  lines.push(row('chat', chatTemplates.length > 0 ? `templates: ${chatTemplates.join(', ')}` : 'no chat template'));
  lines.push(row('can be served', problems.length === 0 ? 'yes' : 'no'));
  return [...lines, ...problems.map((problem) => `  - ${problem}`)];
}

function memoryLines({ memory, config }: ModelDescription): string[] {
  if (memory === undefined || config === undefined) return [];
  const { kvBytesPerToken, available, modes } = memory;
  const whole = `${inBytes(kvBytesPerToken * config.maxPositions)} for ${config.maxPositions} positions`;
  const lines = [row('KV cache', `${inBytes(kvBytesPerToken)} a token, ${whole}`)];
  for (const { name, limitBytes, leftBytes } of available)
    lines.push(row('memory', `${name}, ${inBytes(limitBytes)}, has ${inBytes(leftBytes)} left`));
  for (const { weights, weightBytes, mappedBytes, fitting } of modes) {
    const taken = `${inBytes(weightBytes)} of weights and ${inBytes(mappedBytes)} of mapped embeddings`;
    const fits = fitting
      ? `fits with ${fitting.numTokens} tokens in all, ${fitting.maxTotalTokens} of a sequence`
      : "doesn't fit";
    lines.push(row(`  ${weights}`, `${taken}: ${fits}`));
  }
  return lines;
}
