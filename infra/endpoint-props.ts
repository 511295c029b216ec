import type { Duration } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { AsyncInference, DataCapture } from './endpoint-extras.ts';
import type { InstanceScaling } from './instance-scaling.ts';
import type { ServedModel } from './llm-model.ts';
import type { VpcSettings } from './vpc.ts';

/** Instances that SageMaker starts and ends as inference components ask for them. */
export interface ManagedInstances {
  /** @default 0 */
  readonly min?: number;
  readonly max: number;
}

export interface LlmEndpointProps {
  /** Letters, digits and hyphens, 63 at most. */
  readonly endpointName: string;
  /** What is served. Left out, the endpoint is empty and LlmInferenceComponents are put on it. */
  readonly model?: ServedModel;
  /** Needed without a model: the instances for inference components. */
  readonly managedInstances?: ManagedInstances;
  /** @default ml.g5.2xlarge */
  readonly instanceType?: string;
  /** Instances at the start. @default 1 */
  readonly instanceCount?: number;
  /** @default the number of instances is fixed */
  readonly scaling?: InstanceScaling;
  /** What the container has until its first good health check, the model's loading included. @default 300 s */
  readonly containerStartupHealthCheckTimeout?: Duration;
  /** What the download of a model in S3 may take. @default 900 s */
  readonly modelDataDownloadTimeout?: Duration;
  /** @default the AMI whose driver runs CUDA 13 on instances with GPUs, else SageMaker's */
  readonly inferenceAmiVersion?: string;
  /** Size of the volume, on instance types without disks of their own. @default SageMaker's choice */
  readonly volumeSizeGb?: number;
  /** @default SageMaker's own network */
  readonly vpc?: VpcSettings;
  /** Key for what the endpoint writes to S3 and, on instance types without disks of their own, for the volume.
   * @default AWS's keys */
  readonly kmsKeyArn?: string;
  readonly asyncInference?: AsyncInference;
  readonly dataCapture?: DataCapture;
  /** @default ONE_MONTH */
  readonly logRetention?: RetentionDays;
}
