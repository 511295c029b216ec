import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import type { AwsClients } from './aws-clients.ts';
import { unlessMissing, unlessUnknown } from './aws-failure.ts';

/** A line that a container printed. */
export interface ContainerLine {
  readonly id: string;
  readonly timeMs: number;
  /** `VARIANT/INSTANCE`, or `VARIANT/INSTANCE/data-log` */
  readonly stream: string;
  readonly text: string;
}

/** Which lines are wanted. */
export interface LogRange {
  readonly sinceMs: number;
  /** A filter pattern of CloudWatch Logs, such as `ERROR`. */
  readonly filter?: string | undefined;
}

/** An endpoint, as far as it decides where its logs are. */
interface LoggingEndpoint {
  readonly name: string;
  readonly components: readonly { readonly name: string }[];
}

/** The most of a page; CloudWatch Logs has no larger ones. */
const pageSize = 10_000;
/** Lines may come to CloudWatch later than others that were printed after them. */
const lateMs = 20_000;

/** Where SageMaker writes what the containers of an endpoint print.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html */
export function logGroupsOf({ name, components }: LoggingEndpoint): string[] {
  return components.length === 0
    ? [`/aws/sagemaker/Endpoints/${name}`]
    : components.map((component) => `/aws/sagemaker/InferenceComponents/${component.name}`);
}

/** Reads the lines of a range, in the order of time. A group that isn't there yet has none. */
async function readLogs(
  { logs }: AwsClients,
  groups: readonly string[],
  { sinceMs, filter }: LogRange,
): Promise<ContainerLine[]> {
  const lines: ContainerLine[] = [];
  for (const group of groups) {
    let nextToken: string | undefined;
    do {
      const command = new FilterLogEventsCommand({
        logGroupName: group,
        startTime: sinceMs,
        limit: pageSize,
        filterPattern: filter,
        nextToken,
      });
      const page = await unlessUnknown(unlessMissing(logs.send(command), undefined), undefined);
      for (const event of page?.events ?? [])
        lines.push({
          id: `${group}/${event.eventId}`,
          timeMs: event.timestamp ?? 0,
          stream: event.logStreamName ?? '',
          text: (event.message ?? '').trimEnd(),
        });
      nextToken = page?.nextToken;
    } while (nextToken !== undefined);
  }
  return lines.sort((a, b) => a.timeMs - b.timeMs);
}

/** Reads on from where the last reading ended, each line once. */
export class LogFollower {
  readonly #clients: AwsClients;
  readonly #range: LogRange;
  #seen = new Set<string>();
  #latestMs: number;

  constructor(clients: AwsClients, range: LogRange) {
    this.#clients = clients;
    this.#range = range;
    this.#latestMs = range.sinceMs;
  }

  /** @returns the lines that came since the last call */
  async read(groups: readonly string[]): Promise<ContainerLine[]> {
    const sinceMs = Math.max(this.#range.sinceMs, this.#latestMs - lateMs);
    const lines = await readLogs(this.#clients, groups, { ...this.#range, sinceMs });
    const added = lines.filter(({ id }) => !this.#seen.has(id));
    // What lies before the next reading's range can't come again.
    this.#seen = new Set(lines.map(({ id }) => id));
    this.#latestMs = Math.max(this.#latestMs, lines.at(-1)?.timeMs ?? 0);
    return added;
  }
}

const jsonLine = z.object({ level: z.string(), message: z.string() });

/** What a line says: of the server's JSON lines the message, with the level where it is a warning or worse. */
export function messageOf({ text }: Pick<ContainerLine, 'text'>): string {
  const parsed = text.startsWith('{') ? jsonLine.safeParse(parseJson(text)) : undefined;
  if (!parsed?.success) return text;
  const { level, message } = parsed.data;
  return /^(WARN|ERROR|FATAL)$/.test(level) ? `${level} ${message}` : message;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
