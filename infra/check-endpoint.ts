import { ParlanceError } from '../src/errors/errors.ts';
import type { LlmEndpointProps } from './endpoint-props.ts';
import { defaultInstanceType, hasLocalStorage, instanceOf } from './instance.ts';
import { checkScaling } from './instance-scaling.ts';
import { checkInteger, checkName } from './property-checks.ts';
import { checkVpc } from './vpc.ts';

/** SageMaker's rules that can be told before. @throws invalid_setting */
export function checkEndpoint(props: LlmEndpointProps): void {
  const { endpointName, model, managedInstances, instanceCount = 1, scaling, volumeSizeGb, vpc } = props;
  checkName('endpointName', endpointName);
  if (model && managedInstances)
    throw refuse('model and managedInstances are given: an endpoint has a model of its own, or inference components');
  if (!model && !managedInstances)
    throw refuse(
      'neither model nor managedInstances is given: the endpoint would have nothing to serve, nor instances',
    );
  checkInteger('instanceCount', instanceCount, 1, Number.POSITIVE_INFINITY);
  if (managedInstances) {
    checkInteger('managedInstances.min', managedInstances.min ?? 0, 0, Number.POSITIVE_INFINITY);
    checkInteger(
      'managedInstances.max',
      managedInstances.max,
      Math.max(1, managedInstances.min ?? 0),
      Number.POSITIVE_INFINITY,
    );
    if (scaling) throw refuse('scaling is given beside managedInstances: SageMaker scales those by the components');
    if (props.asyncInference)
      throw refuse('asyncInference is given: endpoints with inference components answer at once');
  }
  if (scaling) checkScaling(scaling);
  if (vpc) checkVpc(vpc);
  const instance = instanceOf(props.instanceType ?? defaultInstanceType);
  if (volumeSizeGb === undefined) return;
  checkInteger('volumeSizeGb', volumeSizeGb, 1, 512);
  if (hasLocalStorage(instance))
    throw refuse(`volumeSizeGb is given: ${instance.name} has disks of its own, and SageMaker takes no size for them`);
}

function refuse(message: string): ParlanceError {
  return new ParlanceError('invalid_setting', message);
}
