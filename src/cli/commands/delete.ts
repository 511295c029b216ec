import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { Deletion } from '../../deploy/delete-endpoint.ts';
import { ParlanceError } from '../../errors/errors.ts';
import { type AwsOptions, awsCommand, onAws, printAnswer } from '../endpoints/aws-command.ts';
import { stackStepLine } from '../endpoints/stack-step-line.ts';

interface DeleteOptions extends AwsOptions {
  readonly yes?: boolean;
}

const intervalMs = 2000;

export function deleteCommand(): Command {
  return awsCommand('delete', {
    description:
      'Deletes an endpoint with all that was deployed with it: its stack, or without a stack the endpoint, its components, configuration and models. Asks first.',
    examples: ['parlance delete zephyr-7b-beta', 'parlance delete zephyr-7b-beta --yes'],
  })
    .argument('<endpoint>', 'name of the endpoint')
    .option('-y, --yes', "don't ask")
    .action((name: string, options: DeleteOptions) => onAws(() => remove(name, options)));
}

async function remove(name: string, options: DeleteOptions): Promise<void> {
  const { createAwsClients } = await import('../../deploy/aws-clients.ts');
  const { planDeletion, runDeletion } = await import('../../deploy/delete-endpoint.ts');
  const clients = createAwsClients(options);
  const deletion = await planDeletion(clients, name);
  if (!options.yes) await confirm(deletion);
  await runDeletion(clients, deletion, {
    onStep: (step) => process.stderr.write(`${stackStepLine(step)}\n`),
    intervalMs,
    now: Date.now,
    sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
  });
  printAnswer({ endpoint: name, deleted: deletion }, [`${name} is deleted`], options);
}

/** @throws validation unless the user says yes */
async function confirm(deletion: Deletion): Promise<void> {
  const what =
    deletion.kind === 'stack'
      ? `the stack ${deletion.name} with all that is in it`
      : [...deletion.components, deletion.endpoint, deletion.config, ...deletion.models].join(', ');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<string>((done) => lines.once('close', () => done('')));
  const answer = await Promise.race([lines.question(`Delete ${what}? [y/N] `), ended]);
  lines.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new ParlanceError('validation', 'nothing is deleted');
}
