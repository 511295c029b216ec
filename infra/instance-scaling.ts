import { CfnScalableTarget, CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { Construct } from 'constructs';
import { ParlanceError } from '../src/errors/errors.ts';
import { checkInteger } from './property-checks.ts';

/** How many instances an endpoint with a model of its own has. */
export interface InstanceScaling {
  /** @default 1 */
  readonly minInstances?: number;
  readonly maxInstances: number;
  /** Requests that an instance should have at the same time. @default 8, unless invocationsPerMinute is given */
  readonly concurrentRequests?: number;
  /** Requests a minute that an instance should have, in the place of concurrentRequests. */
  readonly invocationsPerMinute?: number;
}

/** @throws invalid_setting */
export function checkScaling({ minInstances = 1, maxInstances, ...targets }: InstanceScaling): void {
  if (minInstances === 0)
    throw new ParlanceError(
      'invalid_setting',
      'scaling.minInstances is 0: only inference components go down to no instance; use scaleToZero, or LlmInferenceComponent',
    );
  checkInteger('scaling.minInstances', minInstances, 1, Number.POSITIVE_INFINITY);
  checkInteger('scaling.maxInstances', maxInstances, minInstances, Number.POSITIVE_INFINITY);
  if (targets.concurrentRequests !== undefined && targets.invocationsPerMinute !== undefined)
    throw new ParlanceError(
      'invalid_setting',
      'scaling has concurrentRequests and invocationsPerMinute: it can track only one of them',
    );
}

/** Tracks the load of a variant by its number of instances.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling-add-code-define.html */
export function scaleInstances(
  scope: Construct,
  { endpointName, variantName }: { readonly endpointName: string; readonly variantName: string },
  { minInstances = 1, maxInstances, concurrentRequests = 8, invocationsPerMinute }: InstanceScaling,
): CfnScalableTarget {
  const dimension = {
    serviceNamespace: 'sagemaker',
    scalableDimension: 'sagemaker:variant:DesiredInstanceCount',
    resourceId: `endpoint/${endpointName}/variant/${variantName}`,
  };
  const target = new CfnScalableTarget(scope, 'ScalableInstances', {
    ...dimension,
    minCapacity: minInstances,
    maxCapacity: maxInstances,
  });
  const isByConcurrency = invocationsPerMinute === undefined;
  new CfnScalingPolicy(scope, 'TrackLoad', {
    policyName: `${endpointName}-track-load`,
    policyType: 'TargetTrackingScaling',
    scalingTargetId: target.ref,
    targetTrackingScalingPolicyConfiguration: {
      targetValue: isByConcurrency ? concurrentRequests : invocationsPerMinute,
      predefinedMetricSpecification: {
        predefinedMetricType: isByConcurrency
          ? 'SageMakerVariantConcurrentRequestsPerModelHighResolution'
          : 'SageMakerVariantInvocationsPerInstance',
      },
      scaleInCooldown: 300,
      scaleOutCooldown: 60,
    },
  });
  return target;
}
