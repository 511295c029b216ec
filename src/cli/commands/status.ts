import type { Command } from 'commander';
import type { EndpointDescription, ListedEndpoint } from '../../deploy/describe-endpoint.ts';
import { type AwsOptions, awsCommand, onAws, printAnswer } from '../endpoints/aws-command.ts';
import { textTable } from '../output/text-table.ts';

export function statusCommand(): Command {
  return awsCommand('status', {
    description: 'Shows an endpoint: its status, instances and inference components; without a name, all endpoints.',
    examples: ['parlance status', 'parlance status zephyr-7b-beta', 'parlance status zephyr-7b-beta --json'],
  })
    .argument('[endpoint]', 'name of the endpoint')
    .action((name: string | undefined, options: AwsOptions) => onAws(() => showStatus(name, options)));
}

async function showStatus(name: string | undefined, options: AwsOptions): Promise<void> {
  const { createAwsClients } = await import('../../deploy/aws-clients.ts');
  const { describeEndpoint, listEndpoints } = await import('../../deploy/describe-endpoint.ts');
  const clients = createAwsClients(options);
  if (name === undefined) {
    const endpoints = await listEndpoints(clients);
    printAnswer({ endpoints }, listLines(endpoints), options);
  } else {
    const endpoint = await describeEndpoint(clients, name);
    printAnswer(endpoint, endpointLines(endpoint), options);
  }
}

function listLines(endpoints: readonly ListedEndpoint[]): string[] {
  if (endpoints.length === 0) return ['there is no endpoint in this account and region: `parlance deploy` makes one'];
  const rows = endpoints.map(({ name, status, createdAt }) => [name, status, createdAt]);
  return textTable([['ENDPOINT', 'STATUS', 'CREATED'], ...rows]);
}

/** An endpoint in words. */
export function endpointLines(endpoint: EndpointDescription): string[] {
  const { name, status, failureReason, configName, createdAt, changedAt, variants, components } = endpoint;
  const row = (label: string, value: string) => `${label.padEnd(16)}${value}`;
  return [
    row('endpoint', name),
    row('status', isPaused(endpoint) ? `${status}, paused: no copy runs` : status),
    ...(failureReason === undefined ? [] : [row('failed', failureReason)]),
    row('configuration', configName),
    row('created', createdAt),
    row('changed', changedAt),
    ...variants.map((variant) =>
      row(
        'variant',
        `${variant.name}: ${variant.numInstances} of ${variant.desiredInstances} ${variant.instanceType ?? 'serverless'}`,
      ),
    ),
    ...components.flatMap((component) => [
      row(
        'component',
        `${component.name}: ${component.status}, ${component.numCopies} of ${component.desiredCopies} copies`,
      ),
      ...(component.failureReason === undefined ? [] : [row('', component.failureReason)]),
    ]),
  ];
}

function isPaused({ components }: EndpointDescription): boolean {
  return components.length > 0 && components.every(({ desiredCopies }) => desiredCopies === 0);
}
