import type { Command } from 'commander';
import { type AwsOptions, awsCommand, onAws, printAnswer } from '../endpoints/aws-command.ts';
import { followEndpoint } from '../endpoints/follow-endpoint.ts';
import { durationOption, intervalOption } from '../settings/parse-duration.ts';
import { endpointLines } from './status.ts';

interface WaitOptions extends AwsOptions {
  readonly timeout: number;
  readonly interval: number;
}

export function waitCommand(): Command {
  return awsCommand('wait', {
    description:
      "Waits until an endpoint is in service, and shows how its container starts; of a failure, the log's end and the likely cause.",
    examples: [
      'parlance wait zephyr-7b-beta',
      'parlance wait zephyr-7b-beta --timeout 20m && parlance invoke zephyr-7b-beta Hi',
    ],
  })
    .argument('[endpoint]', 'name of the endpoint; may be left out where there is only one')
    .addOption(durationOption('--timeout <duration>', 'how long to wait, such as 90s or 20m', '30m'))
    .addOption(intervalOption('', '5s'))
    .action((name: string | undefined, options: WaitOptions) => onAws(() => waitFor(name, options)));
}

async function waitFor(given: string | undefined, options: WaitOptions): Promise<void> {
  const { createAwsClients } = await import('../../deploy/aws-clients.ts');
  const { chooseEndpoint } = await import('../../deploy/describe-endpoint.ts');
  const clients = createAwsClients(options);
  const name = await chooseEndpoint(clients, given);
  const { timeout: timeoutMs, interval: intervalMs } = options;
  const print = (line: string) => process.stderr.write(`${line}\n`);
  const endpoint = await followEndpoint(clients, name, { timeoutMs, intervalMs, print });
  printAnswer(endpoint, endpointLines(endpoint), options);
}
