import type { EndpointStatus, InferenceComponentStatus } from '@aws-sdk/client-sagemaker';
import { ParlanceError } from '../errors/errors.ts';
import type { AwsClients } from './aws-clients.ts';
import { type ContainerLine, LogFollower, logGroupsOf } from './container-logs.ts';
import { describeEndpoint, type EndpointDescription } from './describe-endpoint.ts';

/** Something that happened to an endpoint. */
export type EndpointEvent =
  | { readonly kind: 'status'; readonly of: string; readonly status: EndpointStatus | InferenceComponentStatus }
  | { readonly kind: 'line'; readonly line: ContainerLine }
  | { readonly kind: 'settled'; readonly endpoint: EndpointDescription };

export interface WatchOptions {
  /** Between two looks. */
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

const settledStatuses: readonly string[] = ['InService', 'Failed', 'OutOfService', 'UpdateRollbackFailed'];

/** Watches an endpoint until it and its components are in service or have failed: first its statuses as they change and
 * what its containers print from now on, then `settled`.
 * @throws out_of_time, unknown_endpoint */
export async function* watchEndpoint(
  clients: AwsClients,
  name: string,
  { intervalMs, timeoutMs, now, sleep }: WatchOptions,
): AsyncGenerator<EndpointEvent> {
  const deadline = now() + timeoutMs;
  const statuses = new Map<string, string>();
  let follower: LogFollower | undefined;
  for (;;) {
    const endpoint = await describeEndpoint(clients, name);
    // Lines of an earlier start are of no interest.
    follower ??= new LogFollower(clients, { sinceMs: Date.parse(endpoint.changedAt) - 60_000 });
    for (const line of await follower.read(logGroupsOf(endpoint))) yield { kind: 'line', line };
    for (const { name: of, status } of [endpoint, ...endpoint.components]) {
      if (statuses.get(of) !== status) yield { kind: 'status', of, status };
      statuses.set(of, status);
    }
    if (isSettled(endpoint)) {
      yield { kind: 'settled', endpoint };
      return;
    }
    if (now() + intervalMs > deadline)
      throw new ParlanceError(
        'out_of_time',
        `endpoint ${name} is ${describeState(endpoint)} after ${Math.round(timeoutMs / 1000)} s: \`parlance wait ${name}\` goes on waiting`,
      );
    await sleep(intervalMs);
  }
}

function isSettled({ status, components }: EndpointDescription): boolean {
  if (status !== 'InService') return settledStatuses.includes(status);
  return components.every((component) => settledStatuses.includes(component.status));
}

function describeState({ status, components }: EndpointDescription): string {
  const open = components.filter((component) => component.status !== 'InService');
  return [`still ${status}`, ...open.map((component) => `${component.name} ${component.status}`)].join(', ');
}

/** Why an endpoint that has settled serves nothing; undefined where it serves. */
export function failureOf({ status, failureReason, components }: EndpointDescription): string | undefined {
  if (status !== 'InService') return failureReason ?? `it is ${status}`;
  const failed = components.find((component) => component.status === 'Failed');
  return failed && `${failed.name}: ${failed.failureReason ?? 'it failed'}`;
}
