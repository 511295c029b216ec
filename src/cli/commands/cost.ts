import type { Command } from 'commander';
import { ParlanceError } from '../../errors/errors.ts';
import { type AwsOptions, awsCommand, onAws, printAnswer } from '../endpoints/aws-command.ts';
import { textTable } from '../output/text-table.ts';

interface CostOptions extends AwsOptions {
  readonly instanceType?: string;
}

export function costCommand(): Command {
  return awsCommand('cost', {
    description:
      'Estimates what endpoints cost: an hour, since their last change, and a month, by the table of prices that this version carries.',
    examples: ['parlance cost', 'parlance cost zephyr-7b-beta', 'parlance cost --instance-type ml.g5.2xlarge'],
  })
    .argument('[endpoint]', 'name of the endpoint (default: all)')
    .option('--instance-type <type>', 'an instance type, without asking AWS')
    .action((name: string | undefined, options: CostOptions) => onAws(() => showCost(name, options)));
}

async function showCost(name: string | undefined, options: CostOptions): Promise<void> {
  if (options.instanceType !== undefined) {
    if (name !== undefined)
      throw new ParlanceError('validation', `endpoint ${name} and --instance-type are given: choose one`);
    return showType(options.instanceType, options);
  }
  const { prices } = await import('../../deploy/prices.ts');
  const { createAwsClients } = await import('../../deploy/aws-clients.ts');
  const { describeEndpoint, listEndpoints } = await import('../../deploy/describe-endpoint.ts');
  const { costOf } = await import('../../deploy/endpoint-cost.ts');
  const clients = createAwsClients(options);
  const names = name === undefined ? (await listEndpoints(clients)).map((endpoint) => endpoint.name) : [name];
  const costs = [];
  for (const each of names) costs.push(costOf(await describeEndpoint(clients, each), Date.now()));
  const { region, currency, date, url } = prices;
  const dollars = (amount: number | undefined) => (amount === undefined ? 'unknown' : `$${amount.toFixed(2)}`);
  const rows = costs.map(({ endpoint, instances, perHour, sinceChange, perMonth }) => [
    endpoint,
    instances.map(({ count, instanceType }) => `${count} × ${instanceType}`).join(', ') || '–',
    dollars(perHour),
    dollars(sinceChange),
    dollars(perMonth),
  ]);
  printAnswer(
    { prices: { region, currency, date, url }, endpoints: costs },
    [
      ...(rows.length === 0
        ? ['there is no endpoint: nothing runs']
        : textTable([['ENDPOINT', 'INSTANCES', 'AN HOUR', 'SINCE ITS LAST CHANGE', 'A MONTH'], ...rows])),
      `Instances alone, by prices for ${region} of ${date}: see ${url}`,
    ],
    options,
  );
}

async function showType(instanceType: string, options: CostOptions): Promise<void> {
  const { describeCost, estimateCost } = await import('../../deploy/prices.ts');
  const estimate = estimateCost(instanceType, { least: 1, most: 1 });
  printAnswer({ instanceType, estimate: estimate ?? null }, [describeCost(instanceType, estimate)], options);
}
