import { join } from 'node:path';
import { Command } from 'commander';
import { ParlanceError } from '../../errors/errors.ts';
import { type RunningGateway, startGateway } from '../../gateway/start-gateway.ts';
import { createLog, type Log } from '../../observability/log.ts';
import { firstSignal } from '../process/first-signal.ts';
import { packageRoot } from '../process/package-info.ts';
import { type GatewayFlags, gatewayFlags, startOptions } from '../settings/gateway-options.ts';

export function gatewayCommand(): Command {
  const command = new Command('gateway')
    .description(
      "SageMaker on this machine: its runtime and control plane, and Hugging Face's Inference Endpoints, over local servers.",
    )
    .addHelpText(
      'after',
      `
Examples:
  parlance gateway
  parlance gateway --endpoint demo=http://127.0.0.1:3000 --auth off
  parlance gateway --model HuggingFaceH4/zephyr-7b-beta=./model --cold-start 5 --throttle 0.2
  AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME=http://127.0.0.1:8099 aws sagemaker-runtime invoke-endpoint …`,
    );
  for (const option of gatewayFlags()) command.addOption(option);
  return command.action((flags: GatewayFlags) => run(flags));
}

/** Serves until the first signal, and ends what it started. */
async function run(flags: GatewayFlags): Promise<void> {
  const log = createLog({
    level: flags.logLevel,
    json: flags.jsonOutput,
    colour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
    write: (line) => process.stdout.write(line),
  });
  const options = startOptions(flags, process.env, [process.execPath, join(packageRoot, 'bin/parlance.js'), 'serve']);
  const signal = firstSignal(log);
  const { url, gateway, close } = await open(options, log);
  const names = gateway.resources.endpoints.values().map(({ name }) => name);
  log.info(`the gateway listens on ${url}; its endpoints are ${names.join(', ')}`);
  log.info(`point clients at it: AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME=${url} AWS_ENDPOINT_URL_SAGEMAKER=${url}`);
  log.info(`${await signal}: ending what was started here`);
  await close();
}

async function open(options: Parameters<typeof startGateway>[0], log: Log): Promise<RunningGateway> {
  try {
    return await startGateway(options, { log });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ParlanceError(
      'invalid_setting',
      `can't open the gateway on ${options.hostname}:${options.port}: ${reason}`,
      { cause },
    );
  }
}
