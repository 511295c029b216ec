import { spawnSync } from 'node:child_process';
import type { Command } from 'commander';
import type { Finding } from '../../deploy/doctor.ts';
import { type AwsOptions, awsCommand, onAws } from '../endpoints/aws-command.ts';
import type { ExitCode } from '../process/exit-codes.ts';
import { hubSettings } from '../settings/hub-settings.ts';
import { startContext } from '../settings/start-context.ts';

interface DoctorOptions extends AwsOptions {
  readonly instanceType: string;
  readonly revision?: string;
  readonly quantize?: string;
  readonly image?: string;
}

const foundProblems: ExitCode = 7;

export function doctorCommand(): Command {
  return awsCommand('doctor', {
    description:
      'Looks at what a deployment needs, and says what to do where something is missing: credentials, region, quota, CDK, image, access to the model, its fit.',
    examples: ['parlance doctor', 'parlance doctor HuggingFaceH4/zephyr-7b-beta --instance-type ml.g5.2xlarge'],
  })
    .argument('[model]', 'id of a model on the Hugging Face Hub')
    .option('--instance-type <type>', 'SageMaker instance type', 'ml.g5.2xlarge')
    .option('--revision <name>', 'branch, tag or commit of the model')
    .option('--quantize <kind>', 'int8, int4 or w8a8')
    .option('--image <uri>', 'an image in a registry (default: built here)')
    .action((model: string | undefined, options: DoctorOptions) => onAws(() => runDoctor(model, options)));
}

async function runDoctor(model: string | undefined, options: DoctorOptions): Promise<void> {
  const { createAwsClients } = await import('../../deploy/aws-clients.ts');
  const { examine } = await import('../../deploy/doctor.ts');
  const findings: Finding[] = [];
  const examination = examine(createAwsClients(options), {
    ...options,
    model,
    hub: hubSettings(startContext([], process.stderr).settings),
    hasProgram: (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
    imageBuilder: process.env.CDK_DOCKER || undefined,
  });
  for await (const finding of examination) {
    findings.push(finding);
    if (!options.json) process.stdout.write(`${lines(finding).join('\n')}\n`);
  }
  if (options.json) process.stdout.write(`${JSON.stringify({ findings }, null, 2)}\n`);
  if (findings.some(({ state }) => state === 'failed')) process.exitCode = foundProblems;
}

function lines({ check, state, message, advice }: Finding): string[] {
  const mark = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' }[state];
  return [`${mark}  ${check.padEnd(12)}${message}`, ...(advice === undefined ? [] : [`${' '.repeat(21)}→ ${advice}`])];
}
