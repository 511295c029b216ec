import { ParlanceError } from '../errors/errors.ts';
import type { AwsClients } from './aws-clients.ts';
import { type ContainerLine, LogFollower, logGroupsOf } from './container-logs.ts';
import type { CdkRun } from './run-cdk.ts';
import { describeStack, isFailure, type StackDescription, StackFollower, type StackStep } from './stacks.ts';

/** Something that happened while an endpoint was deployed. */
export type DeploymentEvent =
  | { readonly kind: 'step'; readonly step: StackStep }
  | { readonly kind: 'line'; readonly line: ContainerLine }
  | { readonly kind: 'deployed'; readonly stack: StackDescription };

export interface DeploymentOptions {
  readonly intervalMs: number;
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** A deployment that CloudFormation took back. */
export class DeploymentFailure extends ParlanceError {
  /** What the failed steps say, the first ones first. */
  readonly reasons: readonly string[];

  constructor(message: string, reasons: readonly string[]) {
    super('endpoint_failed', message);
    this.reasons = reasons;
  }
}

/** Watches a stack while CDK deploys it: its steps and, once the endpoint's containers start, what they print; then
 * `deployed`.
 * @throws DeploymentFailure; aws_failed where CDK ended before the stack began */
export async function* watchDeployment(
  clients: AwsClients,
  { stackName, endpointName }: { readonly stackName: string; readonly endpointName: string },
  run: CdkRun,
  { intervalMs, now, sleep }: DeploymentOptions,
): AsyncGenerator<DeploymentEvent> {
  const startMs = now();
  const steps = new StackFollower(clients, startMs);
  const lines = new LogFollower(clients, { sinceMs: startMs });
  // Where it scales to zero, the component is called as the endpoint.
  const name = endpointName;
  const groups = [...logGroupsOf({ name, components: [] }), ...logGroupsOf({ name, components: [{ name }] })];
  const failures: StackStep[] = [];
  let code: number | null | undefined;
  const ended = run.ended.then((exitCode) => {
    code = exitCode;
  });
  for (;;) {
    const isLast = code !== undefined;
    for (const step of await steps.read(stackName)) {
      if (isFailure(step)) failures.push(step);
      yield { kind: 'step', step };
    }
    for (const line of await lines.read(groups)) yield { kind: 'line', line };
    if (isLast) break;
    await Promise.race([ended, sleep(intervalMs)]);
  }
  const stack = await describeStack(clients, stackName);
  if (code === 0 && stack) {
    yield { kind: 'deployed', stack };
    return;
  }
  const reasons = failures.map(({ resourceId, reason }) => `${resourceId}: ${reason}`);
  if (reasons.length > 0) throw new DeploymentFailure(`stack ${stackName} failed: ${reasons[0]}`, reasons);
  throw new ParlanceError('aws_failed', `cdk ended with exit code ${code}:\n${lastLines(run.output())}`);
}

/** From where cdk says that it has failed; else the end of what it printed. */
function lastLines(text: string): string {
  const lines = text.trimEnd().split('\n');
  const failed = lines.findLastIndex((line) => line.includes('❌'));
  return lines.slice(failed === -1 ? -30 : failed).join('\n');
}
