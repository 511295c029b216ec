import type { AwsClients } from '../../deploy/aws-clients.ts';
import type { EndpointDescription } from '../../deploy/describe-endpoint.ts';
import { ParlanceError } from '../../errors/errors.ts';

/** How many of a container's last lines are shown of a start that failed. */
const tailLines = 20;

export interface FollowOptions {
  readonly timeoutMs: number;
  readonly intervalMs: number;
  /** Gets a line for each stage. */
  readonly print: (line: string) => void;
}

/** Shows an endpoint's way into service: its statuses, and the stages that its container's log tells.
 * @throws endpoint_failed with the likely cause, after the end of the container's log; out_of_time, unknown_endpoint */
export async function followEndpoint(
  clients: AwsClients,
  name: string,
  { timeoutMs, intervalMs, print }: FollowOptions,
): Promise<EndpointDescription> {
  const { failureOf, watchEndpoint } = await import('../../deploy/watch-endpoint.ts');
  const { messageOf } = await import('../../deploy/container-logs.ts');
  const startMs = Date.now();
  const lines: string[] = [];
  const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
  for await (const event of watchEndpoint(clients, name, { intervalMs, timeoutMs, now: Date.now, sleep })) {
    const time = `${String(Math.round((Date.now() - startMs) / 1000)).padStart(4)} s`;
    if (event.kind === 'status') print(`${time}  ${event.of} is ${event.status}`);
    else if (event.kind === 'line') {
      lines.push(messageOf(event.line));
      print(`${time}    ${lines.at(-1)}`);
    } else {
      const failure = failureOf(event.endpoint);
      if (failure === undefined) return event.endpoint;
      throw await failedStart(name, failure, lines);
    }
  }
  throw new Error('the watch ended before the endpoint had settled');
}

/** Puts a failed start into words: the end of the log, the likely cause, and what to do. */
export async function failedStart(name: string, reason: string, lines: readonly string[]): Promise<ParlanceError> {
  const { diagnose } = await import('../../deploy/diagnose.ts');
  const diagnosis = diagnose(reason, lines);
  const tail = lines.slice(-tailLines).map((line) => `  ${line}`);
  const message = [
    `endpoint ${name} has failed: ${reason}`,
    ...(tail.length > 0 ? ['the log of its container ends with:', ...tail] : ['its container has printed nothing']),
    ...(diagnosis ? [`likely cause: ${diagnosis.cause}`, `what to do: ${diagnosis.advice}`] : []),
  ];
  return new ParlanceError('endpoint_failed', message.join('\n'));
}
