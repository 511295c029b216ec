import {
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
  type ScalableDimension,
} from '@aws-sdk/client-application-auto-scaling';
import type { AwsClients } from './aws-clients.ts';
import { unlessUnknown } from './aws-failure.ts';
import type { EndpointDescription } from './describe-endpoint.ts';

/** What Application Auto Scaling scales: the copies of an inference component, or the instances of a variant. */
export interface Scalable {
  readonly resourceId: string;
  readonly dimension: ScalableDimension;
}

export interface ScalingRange {
  readonly min: number;
  readonly max: number;
}

/** All that can be scaled of an endpoint: its components where it has any, else its variants. */
export function scalablesOf({ name, variants, components }: EndpointDescription): Scalable[] {
  if (components.length > 0)
    return components.map((component) => ({
      resourceId: `inference-component/${component.name}`,
      dimension: 'sagemaker:inference-component:DesiredCopyCount',
    }));
  return variants.map((variant) => ({
    resourceId: `endpoint/${name}/variant/${variant.name}`,
    dimension: 'sagemaker:variant:DesiredInstanceCount',
  }));
}

/** @returns between how many it is scaled; undefined where it isn't */
export async function readRange(
  { scaling }: AwsClients,
  { resourceId, dimension }: Scalable,
): Promise<ScalingRange | undefined> {
  const command = new DescribeScalableTargetsCommand({
    ServiceNamespace: 'sagemaker',
    ResourceIds: [resourceId],
    ScalableDimension: dimension,
  });
  const { ScalableTargets = [] } = await unlessUnknown(scaling.send(command), { ScalableTargets: [] });
  const target = ScalableTargets[0];
  return target && { min: target.MinCapacity!, max: target.MaxCapacity! };
}

export async function setRange(
  { scaling }: AwsClients,
  { resourceId, dimension }: Scalable,
  { min, max }: ScalingRange,
): Promise<void> {
  await scaling.send(
    new RegisterScalableTargetCommand({
      ServiceNamespace: 'sagemaker',
      ResourceId: resourceId,
      ScalableDimension: dimension,
      MinCapacity: min,
      MaxCapacity: max,
    }),
  );
}

/** Stops scaling from changing the number, or lets it again; nothing where it isn't scaled. */
export async function suspendScaling(clients: AwsClients, scalable: Scalable, isSuspended: boolean): Promise<void> {
  if ((await readRange(clients, scalable)) === undefined) return;
  await clients.scaling.send(
    new RegisterScalableTargetCommand({
      ServiceNamespace: 'sagemaker',
      ResourceId: scalable.resourceId,
      ScalableDimension: scalable.dimension,
      SuspendedState: {
        DynamicScalingInSuspended: isSuspended,
        DynamicScalingOutSuspended: isSuspended,
        ScheduledScalingSuspended: isSuspended,
      },
    }),
  );
}
