import { Command } from 'commander';
import type { AwsAccess } from '../../deploy/aws-clients.ts';
import { ParlanceError } from '../../errors/errors.ts';
import { exitCodes } from '../process/exit-codes.ts';

/** Options that every command on AWS has. */
export interface AwsOptions extends AwsAccess {
  readonly json?: boolean;
}

/** What a command on AWS says of itself. */
export interface AwsCommandTexts {
  readonly description: string;
  /** Lines of its help: a command each. */
  readonly examples: readonly string[];
}

const exitCodeLines = Object.entries(exitCodes).map(([code, meaning]) => `  ${code.padStart(3)}  ${meaning}`);

/** Starts the declaration of a command on AWS. The AWS SDK takes half a second to load, so that such commands import
 * what is in deploy/ only once they run. */
export function awsCommand(name: string, { description, examples }: AwsCommandTexts): Command {
  return new Command(name)
    .description(description)
    .summary(description.split(/[:;,.]/)[0]!)
    .option('--region <name>', 'AWS region (default: as the AWS CLI has it)')
    .option('--profile <name>', 'profile of the AWS configuration files')
    .option('--json', 'print JSON')
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  ${example}`).join('\n')}`)
    .addHelpText('after', `\nExit codes:\n${exitCodeLines.join('\n')}`);
}

/** Runs what a command does, and puts failures of AWS into words. @throws ParlanceError */
export async function onAws<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ParlanceError) throw error;
    const { describeAwsFailure } = await import('../../deploy/aws-failure.ts');
    throw describeAwsFailure(error);
  }
}

/** Prints an answer: for programs as one JSON object, else as lines. */
export function printAnswer(answer: unknown, lines: readonly string[], { json = false }: AwsOptions): void {
  process.stdout.write(`${json ? JSON.stringify(answer, null, 2) : lines.join('\n')}\n`);
}
