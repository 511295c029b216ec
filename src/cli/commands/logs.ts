import type { Command } from 'commander';
import type { ContainerLine } from '../../deploy/container-logs.ts';
import { type AwsOptions, awsCommand, onAws } from '../endpoints/aws-command.ts';
import { durationOption, intervalOption } from '../settings/parse-duration.ts';

interface LogsOptions extends AwsOptions {
  readonly follow?: boolean;
  readonly since: number;
  readonly filter?: string;
  readonly interval: number;
}

export function logsCommand(): Command {
  return awsCommand('logs', {
    description: "Prints what an endpoint's containers have logged. With --json, each line as a JSON object.",
    examples: [
      'parlance logs zephyr-7b-beta --since 1h',
      'parlance logs zephyr-7b-beta --follow',
      'parlance logs zephyr-7b-beta --filter ERROR --since 1d',
    ],
  })
    .argument('[endpoint]', 'name of the endpoint; may be left out where there is only one')
    .option('-f, --follow', 'go on with new lines until interrupted')
    .addOption(durationOption('--since <duration>', 'how far to look back, such as 10m or 2h', '10m'))
    .option('--filter <pattern>', 'a filter pattern of CloudWatch Logs')
    .addOption(intervalOption(' with --follow', '2s'))
    .action((name: string | undefined, options: LogsOptions) => onAws(() => printLogs(name, options)));
}

async function printLogs(given: string | undefined, options: LogsOptions): Promise<void> {
  const { createAwsClients } = await import('../../deploy/aws-clients.ts');
  const { chooseEndpoint, listComponents } = await import('../../deploy/describe-endpoint.ts');
  const { LogFollower, logGroupsOf, messageOf } = await import('../../deploy/container-logs.ts');
  const clients = createAwsClients(options);
  const name = await chooseEndpoint(clients, given);
  // An endpoint that is gone has logs all the same.
  const components = (await listComponents(clients, name)).map((component) => ({ name: component }));
  const groups = logGroupsOf({ name, components });
  const follower = new LogFollower(clients, { sinceMs: Date.now() - options.since, filter: options.filter });
  const print = (lines: readonly ContainerLine[]) => {
    for (const line of lines)
      process.stdout.write(`${options.json ? JSON.stringify(line) : asText(line, messageOf(line))}\n`);
  };
  const first = await follower.read(groups);
  print(first);
  if (first.length === 0) process.stderr.write(`no lines in ${groups.join(', ')} since then\n`);
  while (options.follow) {
    await new Promise((done) => setTimeout(done, options.interval));
    print(await follower.read(groups));
  }
}

function asText({ timeMs }: ContainerLine, message: string): string {
  return `${new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ')}  ${message}`;
}
