import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import {
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteInferenceComponentCommand,
  DeleteModelCommand,
} from '@aws-sdk/client-sagemaker';
import { ParlanceError } from '../errors/errors.ts';
import type { AwsClients } from './aws-clients.ts';
import { unlessMissing } from './aws-failure.ts';
import { describeEndpoint, listComponents } from './describe-endpoint.ts';
import { stackNameOf } from './stack-interface.ts';
import { describeStack, isFailure, StackFollower, type StackStep } from './stacks.ts';

/** What goes with an endpoint: the whole stack that made it, or what SageMaker has of it. */
export type Deletion =
  | { readonly kind: 'stack'; readonly name: string; readonly id: string }
  | {
      readonly kind: 'resources';
      readonly components: readonly string[];
      readonly endpoint: string;
      readonly config: string;
      readonly models: readonly string[];
    };

/** Finds what there is to delete. @throws unknown_endpoint */
export async function planDeletion(clients: AwsClients, name: string): Promise<Deletion> {
  const stackName = stackNameOf(name);
  const stack = await describeStack(clients, stackName);
  if (stack) return { kind: 'stack', name: stackName, id: stack.id };
  const { components, configName, variants } = await describeEndpoint(clients, name);
  return {
    kind: 'resources',
    components: components.map((component) => component.name),
    endpoint: name,
    config: configName,
    models: [...new Set([...variants, ...components].flatMap(({ modelName }) => modelName ?? []))],
  };
}

export interface DeletionOptions {
  readonly onStep: (step: Pick<StackStep, 'resourceType' | 'resourceId' | 'status'>) => void;
  readonly intervalMs: number;
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** Deletes what was planned; what is gone already is no failure. @throws aws_failed where the stack can't be deleted */
export async function runDeletion(clients: AwsClients, deletion: Deletion, options: DeletionOptions): Promise<void> {
  if (deletion.kind === 'stack') return deleteStack(clients, deletion, options);
  const { components, endpoint, config, models } = deletion;
  const { sagemaker } = clients;
  const done = (resourceType: string, resourceId: string) =>
    options.onStep({ resourceType, resourceId, status: 'DELETE_COMPLETE' });
  for (const component of components) {
    await unlessMissing(
      sagemaker.send(new DeleteInferenceComponentCommand({ InferenceComponentName: component })),
      undefined,
    );
    done('AWS::SageMaker::InferenceComponent', component);
  }
  // SageMaker deletes no endpoint that has components, and these go on ending.
  while ((await listComponents(clients, endpoint)).length > 0) await options.sleep(options.intervalMs);
  await unlessMissing(sagemaker.send(new DeleteEndpointCommand({ EndpointName: endpoint })), undefined);
  done('AWS::SageMaker::Endpoint', endpoint);
  await unlessMissing(sagemaker.send(new DeleteEndpointConfigCommand({ EndpointConfigName: config })), undefined);
  done('AWS::SageMaker::EndpointConfig', config);
  for (const model of models) {
    await unlessMissing(sagemaker.send(new DeleteModelCommand({ ModelName: model })), undefined);
    done('AWS::SageMaker::Model', model);
  }
}

async function deleteStack(
  clients: AwsClients,
  { name, id }: Extract<Deletion, { kind: 'stack' }>,
  { onStep, intervalMs, now, sleep }: DeletionOptions,
): Promise<void> {
  const follower = new StackFollower(clients, now());
  await clients.cloudformation.send(new DeleteStackCommand({ StackName: name }));
  let failure: StackStep | undefined;
  for (;;) {
    // By its id, since its name is free once it is deleted.
    for (const step of await follower.read(id)) {
      onStep(step);
      if (isFailure(step)) failure ??= step;
    }
    const status = (await describeStack(clients, id))?.status ?? 'DELETE_COMPLETE';
    if (status === 'DELETE_COMPLETE') return;
    if (status !== 'DELETE_IN_PROGRESS')
      throw new ParlanceError(
        'aws_failed',
        `stack ${name} is ${status}${failure ? `: ${failure.resourceId}: ${failure.reason}` : ''}`,
      );
    await sleep(intervalMs);
  }
}
