import type { Command } from 'commander';
import { ParlanceError } from '../../errors/errors.ts';
import { type AwsOptions, awsCommand, onAws, printAnswer } from '../endpoints/aws-command.ts';
import { parseCount } from '../settings/parse-number.ts';

interface ScaleOptions extends AwsOptions {
  readonly min?: number;
  readonly max?: number;
}

export function scaleCommand(): Command {
  return awsCommand('scale', {
    description:
      "Sets how many copies of an endpoint's inference components run, or how many instances it has where it has its model itself; with --min and --max, between how many automatic scaling goes.",
    examples: ['parlance scale zephyr-7b-beta 2', 'parlance scale zephyr-7b-beta --min 1 --max 4'],
  })
    .argument('<endpoint>', 'name of the endpoint')
    .argument('[count]', 'copies or instances', parseCount)
    .option('--min <integer>', 'fewest that scaling goes down to', parseCount)
    .option('--max <integer>', 'most that scaling goes up to', parseCount)
    .action((name: string, count: number | undefined, options: ScaleOptions) =>
      onAws(() => scale(name, count, options)),
    );
}

async function scale(name: string, count: number | undefined, options: ScaleOptions): Promise<void> {
  const range = rangeOf(count, options);
  const { createAwsClients } = await import('../../deploy/aws-clients.ts');
  const { scaleEndpoint } = await import('../../deploy/scale-endpoint.ts');
  const { components } = await scaleEndpoint(createAwsClients(options), name, { count, range });
  const what = components.length > 0 ? 'copies' : 'instances';
  const lines = [
    ...(count === undefined ? [] : [`${name} goes to ${count} ${what}`]),
    ...(range ? [`${name} scales between ${range.min} and ${range.max} ${what}`] : []),
  ];
  printAnswer({ endpoint: name, of: what, count, range }, lines, options);
}

function rangeOf(count: number | undefined, { min, max }: ScaleOptions) {
  if (count === undefined && min === undefined && max === undefined)
    throw new ParlanceError('validation', 'give a count, or --min and --max');
  if ((min === undefined) !== (max === undefined))
    throw new ParlanceError('validation', 'give --min and --max together');
  if (min === undefined || max === undefined) return undefined;
  if (min > max) throw new ParlanceError('validation', `--min ${min} is above --max ${max}`);
  return { min, max };
}
