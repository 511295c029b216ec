import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { CdkSettings } from '../../deploy/run-cdk.ts';
import { stackNameOf, stackOutputs } from '../../deploy/stack-interface.ts';
import { ParlanceError } from '../../errors/errors.ts';
import { awsCommand, onAws, printAnswer } from '../endpoints/aws-command.ts';
import { checkFit } from '../endpoints/check-fit.ts';
import { type DeployOptions, deployContext, endpointNameFor } from '../endpoints/deploy-context.ts';
import { failedStart } from '../endpoints/follow-endpoint.ts';
import { stackStepLine } from '../endpoints/stack-step-line.ts';
import { packageRoot } from '../process/package-info.ts';
import { parseDuration } from '../settings/parse-duration.ts';
import { parseParameters, parsePositive } from '../settings/parse-number.ts';

const intervalMs = 2000;

export function deployCommand(): Command {
  return awsCommand('deploy', {
    description:
      'Deploys a model as a SageMaker endpoint, with alarms and a dashboard; without a model, the demo model. Settings that are not here stand in parlance.config.ts.',
    examples: [
      'parlance deploy HuggingFaceH4/zephyr-7b-beta',
      'parlance deploy HuggingFaceH4/zephyr-7b-beta --scale-to-zero --max-instances 2',
      'parlance deploy meta-llama/Llama-3.1-8B-Instruct --hub-token-secret hub-token --quantize int8',
      'parlance deploy --instance-type ml.m5.xlarge --synth --output cdk.out',
    ],
  })
    .argument('[model]', 'id of a model on the Hugging Face Hub')
    .option('--instance-type <type>', 'SageMaker instance type', 'ml.g5.2xlarge')
    .option('--endpoint-name <name>', 'name of the endpoint (default: after the model)')
    .option('--revision <name>', 'branch, tag or commit of the model')
    .option(
      '--model-s3-uri <uri>',
      's3://bucket/prefix/ of an uncompressed checkpoint, in the place of a model of the Hub',
    )
    .option('--quantize <kind>', 'int8, int4 or w8a8')
    .option('--instances <integer>', 'instances at the start', parsePositive)
    .option('--max-instances <integer>', 'instances (or copies) that scaling goes up to', parsePositive)
    .option('--scale-to-zero', 'go down to no instance while nobody calls')
    .option('--image <uri>', 'an image in ECR (default: built from the Dockerfile)')
    .option('--env <key=value...>', 'further settings of the server', parsePair)
    .option('--hub-token-secret <name>', 'secret of Secrets Manager that holds the Hub token')
    .option('--health-check-timeout <duration>', 'time until the first good health check, such as 15m', parseDuration)
    .option('--alarm-topic <arn>', 'SNS topic that alarms are sent to')
    .option(
      '--parameters <number>',
      "the model's parameters, such as 7.24e9, in the place of asking the Hub",
      parseParameters,
    )
    .option('--account <id>', 'AWS account of the stack (default: that of the credentials)')
    .option('--synth', 'only make the templates: offline, without an account')
    .option('--dry-run', 'the same as --synth')
    .option('--output <folder>', 'where the templates go (default: a temporary folder)')
    .action((model: string | undefined, options: DeployOptions) => onAws(() => deploy(model, options)));
}

function parsePair(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Expected KEY=VALUE.');
  return { ...before, [name]: value };
}

async function deploy(model: string | undefined, options: DeployOptions): Promise<void> {
  const isSynth = options.synth === true || options.dryRun === true;
  const { text, size } = await checkFit(model, options, !isSynth);
  process.stderr.write(`${text}\n`);
  const settings: CdkSettings = {
    packageRoot,
    // The app checks what is known of the model again, with its own settings.
    context: deployContext(model, { ...options, ...(size && { parameters: size.numParameters }) }),
    outputFolder: options.output ? resolve(options.output) : mkdtempSync(join(tmpdir(), 'parlance-cdk-')),
    environment: awsEnvironment(options),
  };
  const endpointName = endpointNameFor(model, options);
  await (isSynth ? synth(endpointName, settings, options) : bringUp(endpointName, settings, options));
}

/** Region and profile, for programs that read them from the environment alone. */
function awsEnvironment({ region, profile }: DeployOptions): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...(region !== undefined && { AWS_REGION: region, AWS_DEFAULT_REGION: region }),
    ...(profile !== undefined && { AWS_PROFILE: profile }),
  };
}

async function synth(endpointName: string, settings: CdkSettings, options: DeployOptions): Promise<void> {
  const { describeCost, estimateCost } = await import('../../deploy/prices.ts');
  const { synthesise } = await import('../../deploy/run-cdk.ts');
  const run = synthesise(settings);
  const code = await run.ended;
  if (code !== 0)
    throw new ParlanceError(
      'invalid_setting',
      run
        .output()
        .trim()
        .replace(/^error: /, ''),
    );
  const count = options.instances ?? 1;
  const least = options.scaleToZero ? 0 : count;
  const { instanceType } = options;
  const estimate = estimateCost(instanceType, { least, most: options.maxInstances ?? count });
  const template = join(settings.outputFolder, `${stackNameOf(endpointName)}.template.json`);
  printAnswer(
    { endpointName, stackName: stackNameOf(endpointName), template, estimate: estimate ?? null },
    [`template ${template}`, describeCost(instanceType, estimate)],
    options,
  );
}

async function bringUp(endpointName: string, settings: CdkSettings, options: DeployOptions): Promise<void> {
  const { createAwsClients } = await import('../../deploy/aws-clients.ts');
  const { DeploymentFailure, watchDeployment } = await import('../../deploy/deploy-endpoint.ts');
  const { messageOf } = await import('../../deploy/container-logs.ts');
  const { deployStack } = await import('../../deploy/run-cdk.ts');
  const clients = createAwsClients(options);
  const stackName = stackNameOf(endpointName);
  const run = deployStack(stackName, settings, options.profile);
  const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
  const watched = watchDeployment(clients, { stackName, endpointName }, run, { intervalMs, now: Date.now, sleep });
  const lines: string[] = [];
  process.stderr.write(
    `stack ${stackName}: the image is made ready, then the resources; a first deployment takes 10 to 15 minutes\n`,
  );
  try {
    for await (const event of watched) {
      if (event.kind === 'step') process.stderr.write(`${stackStepLine(event.step)}\n`);
      else if (event.kind === 'line') {
        lines.push(messageOf(event.line));
        process.stderr.write(`    ${lines.at(-1)}\n`);
      } else printDeployed(endpointName, event.stack.outputs, options);
    }
  } catch (error) {
    if (!(error instanceof DeploymentFailure)) throw error;
    throw await failedStart(endpointName, error.reasons.join('; '), lines);
  }
}

function printDeployed(endpointName: string, outputs: Readonly<Record<string, string>>, options: DeployOptions): void {
  const component = outputs[stackOutputs.componentName];
  const dashboard = outputs[stackOutputs.dashboardName];
  const call = `parlance invoke ${endpointName} "What is SageMaker?"`;
  printAnswer(
    { endpointName, outputs, sampleCall: call },
    [
      `endpoint ${endpointName} serves ${outputs[stackOutputs.model]} on ${outputs[stackOutputs.instanceType]}`,
      ...(component === undefined ? [] : [`inference component ${component}`]),
      ...(dashboard === undefined ? [] : [`dashboard ${dashboard}`]),
      'Try it:',
      `  ${call}`,
    ],
    options,
  );
}
