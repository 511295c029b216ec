import type { Command } from 'commander';
import { type AwsOptions, awsCommand, onAws, printAnswer } from '../endpoints/aws-command.ts';

interface ResumeOptions extends AwsOptions {
  readonly config?: string;
}

export function resumeCommand(): Command {
  return awsCommand('resume', {
    description: 'Brings a paused endpoint back: as many copies as it had, or the endpoint from its configuration.',
    examples: ['parlance resume zephyr-7b-beta && parlance wait zephyr-7b-beta'],
  })
    .argument('<endpoint>', 'name of the endpoint')
    .option('--config <name>', 'configuration of an endpoint that was deleted otherwise than by `parlance pause`')
    .action((name: string, options: ResumeOptions) => onAws(() => resume(name, options)));
}

async function resume(name: string, options: ResumeOptions): Promise<void> {
  const { createAwsClients } = await import('../../deploy/aws-clients.ts');
  const { resumeEndpoint } = await import('../../deploy/pause-endpoint.ts');
  const result = await resumeEndpoint(createAwsClients(options), name, options.config);
  const from =
    result.way === 'copies' ? 'its components get their copies back' : `it is made from ${result.configName}`;
  printAnswer(result, [`${name} comes back: ${from}`, `\`parlance wait ${name}\` tells when it serves`], options);
}
