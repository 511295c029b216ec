import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ParlanceError } from '../errors/errors.ts';
import type { ContextKey } from './stack-interface.ts';

export type Context = Readonly<Partial<Record<ContextKey, string>>>;

/** What the CDK app is run with. */
export interface CdkSettings {
  /** The folder of this package, which has the app. */
  readonly packageRoot: string;
  readonly context: Context;
  /** Where the templates go. */
  readonly outputFolder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** A run of CDK that goes on. */
export interface CdkRun {
  /** @returns the exit code */
  readonly ended: Promise<number | null>;
  /** All that it has printed. */
  output(): string;
}

/** Synthesises the app's templates, without the cdk command, which takes ten times as long. */
export function synthesise({ packageRoot, context, outputFolder, environment }: CdkSettings): CdkRun {
  const [command, ...args] = appCommand(packageRoot);
  return start(command!, args, {
    ...environment,
    CDK_OUTDIR: outputFolder,
    CDK_CONTEXT_JSON: JSON.stringify(context),
  });
}

/** Deploys the app's stack by the cdk command that is installed beside this package. */
export function deployStack(
  stackName: string,
  { packageRoot, context, outputFolder, environment }: CdkSettings,
  profile: string | undefined,
): CdkRun {
  const cdk = resolveFrom(packageRoot, 'aws-cdk/bin/cdk', 'aws-cdk');
  // cdk takes quotes around a whole command away.
  const app = appCommand(packageRoot)
    .map((part) => (part.includes(' ') ? `"${part}"` : part))
    .join(' ');
  const given = Object.entries(context).flatMap(([key, value]) => ['--context', `${key}=${value}`]);
  const flags = ['--app', app, '--output', outputFolder, '--require-approval', 'never', '--progress', 'events', '--ci'];
  const access = profile === undefined ? [] : ['--profile', profile];
  return start(process.execPath, [cdk, 'deploy', stackName, ...flags, ...access, ...given], {
    ...environment,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  });
}

/** The app runs in the folder of the caller, whose parlance.config.ts it reads. */
function appCommand(packageRoot: string): string[] {
  const app = join(packageRoot, 'infra/app.ts');
  if (!existsSync(app))
    throw new ParlanceError(
      'invalid_setting',
      `there is no CDK app at ${app}: deploy from a checkout of the repository`,
    );
  const tsx = pathToFileURL(resolveFrom(packageRoot, 'tsx', 'tsx')).href;
  return [process.execPath, '--import', tsx, app];
}

/** @throws invalid_setting where the package isn't installed */
function resolveFrom(packageRoot: string, module: string, name: string): string {
  try {
    return createRequire(join(packageRoot, 'package.json')).resolve(module);
  } catch (cause) {
    throw new ParlanceError(
      'invalid_setting',
      `${name} is not installed, which deployments need: run \`npm ci\` in ${packageRoot}`,
      { cause },
    );
  }
}

function start(command: string, args: readonly string[], environment: NodeJS.ProcessEnv): CdkRun {
  const child: ChildProcess = spawn(command, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += data));
  const ended = new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  return { ended, output: () => output };
}
