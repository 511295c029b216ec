import { Command } from 'commander';
import { ParlanceError } from '../../errors/errors.ts';
import { type Quantisation, quantisations } from '../../models/quantise/quantisation.ts';
import { evaluateModes, type ModeEvaluation } from '../models/evaluate-modes.ts';
import { findModel } from '../models/find-model.ts';
import { numberIn } from '../settings/parse-number.ts';
import { readSettingFile } from '../settings/read-setting-file.ts';
import { addSettingOptions } from '../settings/setting-options.ts';
import { startContext } from '../settings/start-context.ts';

const modes = ['fp32', ...quantisations] as const;
type Mode = (typeof modes)[number];

/** A token is predicted from another one at least. */
const parseWindow = numberIn({ kind: 'integer', min: 2 });

interface Options {
  readonly file: string;
  readonly modes: string;
  readonly window: number;
  readonly json?: boolean;
}

export function evalCommand(): Command {
  const command = new Command('eval')
    .description('Measures on a text what quantisation costs: perplexity, and how far predictions are from float32.')
    .argument('[model]', 'a checkpoint folder, the id of a model on the Hugging Face Hub, or s3://bucket/prefix')
    .requiredOption('--file <path>', 'the text to predict')
    .option('--modes <list>', 'what to measure, separated by commas', modes.join(','))
    .option('--window <tokens>', 'tokens that are predicted from each other', parseWindow, 512)
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  parlance eval ./model --file held-out.txt --modes int8,int4');
  const given = addSettingOptions(command, ['model', 'compute', 'logging']);
  return command.action(async (argument: string | undefined, options: Options) => {
    const quantised = parseModes(options.modes).map((mode) => (mode === 'fp32' ? undefined : mode));
    const text = readSettingFile('--file', options.file);
    const asked = argument === undefined ? given : [...given, { flag: '--model-id', value: argument }];
    const context = startContext(asked, process.stderr);
    const { folder } = await findModel(context, process.stderr.isTTY ? process.stderr : undefined);
    const rows: ModeEvaluation[] = [];
    if (!options.json) process.stdout.write(`${asRow(['MODE', 'PERPLEXITY', 'DIVERGENCE', 'SAME TOKEN', 'TOKENS'])}\n`);
    for await (const row of evaluateModes(text, {
      folder,
      quantised,
      window: options.window,
      settings: context.settings,
    })) {
      rows.push(row);
      if (!options.json) process.stdout.write(`${asRow(cellsOf(row))}\n`);
    }
    if (options.json) process.stdout.write(`${JSON.stringify({ folder, modes: rows.map(named) }, null, 2)}\n`);
  });
}

const nameOf = (quantisation: Quantisation | undefined): Mode => quantisation ?? 'fp32';
const named = ({ quantisation, ...row }: ModeEvaluation) => ({ mode: nameOf(quantisation), ...row });
const asRow = (cells: readonly string[]) =>
  cells
    .map((cell) => cell.padEnd(12))
    .join('')
    .trimEnd();

function cellsOf({ quantisation, perplexity, meanDivergence, topAgreement, numTokens }: ModeEvaluation): string[] {
  const same = `${(100 * topAgreement).toFixed(2)} %`;
  return [nameOf(quantisation), perplexity.toFixed(4), meanDivergence.toFixed(6), same, String(numTokens)];
}

function parseModes(list: string): Mode[] {
  return list.split(',').map((item) => {
    const mode = modes.find((known) => known === item.trim());
    if (mode === undefined)
      throw new ParlanceError('invalid_setting', `--modes ${list}: ${item} is not one of ${modes.join(', ')}`, {
        param: 'modes',
      });
    return mode;
  });
}
