import { findInstanceType, type InstanceType, instanceTypes } from '../src/deploy/instance-types.ts';
import { ParlanceError } from '../src/errors/errors.ts';

/** The AMI whose driver (580) runs CUDA 13, which the image's GPU provider is built for; SageMaker's default has an older
 * one.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/inference-gpu-drivers.html */
export const cuda13Ami = 'al2023-ami-sagemaker-inference-gpu-4-1';

export const defaultInstanceType = 'ml.g5.2xlarge';

/** @throws invalid_setting for a type that is not known, naming those that are */
export function instanceOf(name: string): InstanceType {
  const type = findInstanceType(name);
  if (type) return type;
  const known = instanceTypes.map((known) => known.name).join(', ');
  throw new ParlanceError('invalid_setting', `instanceType is ${name}: known are ${known}`);
}

/** Whether the instance brings its own disks, which it encrypts by itself: SageMaker refuses a volume's key or size there.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/host-instance-storage.html */
export function hasLocalStorage({ name }: InstanceType): boolean {
  return /^ml\.(g\d|\w+d\.)/.test(name);
}
