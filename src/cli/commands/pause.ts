import type { Command } from 'commander';
import { type AwsOptions, awsCommand, onAws, printAnswer } from '../endpoints/aws-command.ts';

export function pauseCommand(): Command {
  return awsCommand('pause', {
    description:
      'Brings an endpoint to no instance, so that it costs nothing: its inference components lose their copies; without components the endpoint is deleted and its configuration kept.',
    examples: ['parlance pause zephyr-7b-beta', 'parlance resume zephyr-7b-beta'],
  })
    .argument('<endpoint>', 'name of the endpoint')
    .action((name: string, options: AwsOptions) => onAws(() => pause(name, options)));
}

async function pause(name: string, options: AwsOptions): Promise<void> {
  const { createAwsClients } = await import('../../deploy/aws-clients.ts');
  const { pauseEndpoint } = await import('../../deploy/pause-endpoint.ts');
  const result = await pauseEndpoint(createAwsClients(options), name);
  const lines = {
    copies: `${name} is paused: its components go to 0 copies, and the instances go with them`,
    endpoint: `${name} is paused: the endpoint is deleted, and its configuration ${result.configName} kept`,
  };
  printAnswer(
    result,
    [
      lines[result.way],
      ...(result.losesScaling ? ['its scaling went with it: `parlance deploy` sets it up again after the resume'] : []),
      `\`parlance resume ${name}\` brings it back`,
    ],
    options,
  );
}
