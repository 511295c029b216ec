import { DescribeStackEventsCommand, DescribeStacksCommand, type StackEvent } from '@aws-sdk/client-cloudformation';
import type { AwsClients } from './aws-clients.ts';
import { unlessMissing, unlessUnknown } from './aws-failure.ts';

export interface StackDescription {
  readonly id: string;
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** @param name of the stack, or its id, by which a deleted one is found too @returns undefined where there is none */
export async function describeStack(
  { cloudformation }: AwsClients,
  name: string,
): Promise<StackDescription | undefined> {
  const command = new DescribeStacksCommand({ StackName: name });
  const answer = await unlessUnknown(unlessMissing(cloudformation.send(command), undefined), undefined);
  const stack = answer?.Stacks?.[0];
  return (
    stack && {
      id: stack.StackId!,
      status: stack.StackStatus!,
      outputs: Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue])),
    }
  );
}

/** Something that CloudFormation did to a resource of a stack. */
export interface StackStep {
  readonly id: string;
  readonly timeMs: number;
  /** Such as `AWS::SageMaker::Endpoint`. */
  readonly resourceType: string;
  readonly resourceId: string;
  /** Such as `CREATE_COMPLETE`. */
  readonly status: string;
  readonly reason: string | undefined;
}

/** Reads on in the events of a stack, each once and in their order. */
export class StackFollower {
  readonly #clients: AwsClients;
  readonly #sinceMs: number;
  readonly #seen = new Set<string>();

  /** @param sinceMs events of earlier deployments are of no interest */
  constructor(clients: AwsClients, sinceMs: number) {
    this.#clients = clients;
    this.#sinceMs = sinceMs;
  }

  /** @returns the steps since the last call; none while the stack isn't there */
  async read(name: string): Promise<StackStep[]> {
    const added: StackStep[] = [];
    let NextToken: string | undefined;
    do {
      const command = new DescribeStackEventsCommand({ StackName: name, NextToken });
      const page = await unlessMissing(this.#clients.cloudformation.send(command), undefined);
      const fresh = (page?.StackEvents ?? []).map(toStep).filter((step) => this.#isFresh(step));
      added.push(...fresh);
      // The newest come first, so that what is known already ends the search.
      NextToken = fresh.length > 0 ? page?.NextToken : undefined;
    } while (NextToken !== undefined);
    for (const { id } of added) this.#seen.add(id);
    return added.sort((a, b) => a.timeMs - b.timeMs);
  }

  #isFresh({ id, timeMs }: StackStep): boolean {
    return timeMs >= this.#sinceMs && !this.#seen.has(id);
  }
}

function toStep(event: StackEvent): StackStep {
  return {
    id: event.EventId!,
    timeMs: event.Timestamp!.getTime(),
    resourceType: event.ResourceType ?? '',
    resourceId: event.LogicalResourceId ?? '',
    status: event.ResourceStatus ?? '',
    reason: event.ResourceStatusReason,
  };
}

/** Whether a step tells of a failure of its own, rather than of one that another step has caused. */
export function isFailure({ status, reason }: StackStep): boolean {
  return status.endsWith('_FAILED') && !/cancelled/i.test(reason ?? '');
}
