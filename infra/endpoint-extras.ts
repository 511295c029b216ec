import { Aws } from 'aws-cdk-lib';
import type { CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import type { ExecutionRole } from './execution-role.ts';
import { parseS3Uri } from './model-source.ts';
import { checkInteger } from './property-checks.ts';

/** Requests that wait in S3, and answers that are put there. */
export interface AsyncInference {
  /** Below which answers are put, `s3://bucket/prefix/`. */
  readonly outputUri: string;
  /** Below which requests lie. */
  readonly inputUri: string;
  /** @default outputUri with errors/ */
  readonly failureUri?: string;
  /** SNS topics that are told. */
  readonly successTopicArn?: string;
  readonly errorTopicArn?: string;
  /** Requests that a container gets at the same time. @default SageMaker's choice */
  readonly maxConcurrentRequests?: number;
}

/** A copy of requests and answers in S3. Streamed answers are not among them. */
export interface DataCapture {
  readonly uri: string;
  /** @default 100 */
  readonly samplingPercentage?: number;
}

const written = "What is written lies below one prefix; the objects' names are SageMaker's.";

/** @throws invalid_setting */
export function asyncInferenceConfig(
  { outputUri, inputUri, failureUri, ...rest }: AsyncInference,
  role: ExecutionRole,
  kmsKeyArn: string | undefined,
): CfnEndpointConfig.AsyncInferenceConfigProperty {
  const output = grantWrite(role, outputUri, 'asyncInference.outputUri');
  const failure =
    failureUri === undefined ? `${output}errors/` : grantWrite(role, failureUri, 'asyncInference.failureUri');
  const input = parseS3Uri(inputUri, 'asyncInference.inputUri');
  role.allow({
    actions: ['s3:GetObject'],
    resources: [`arn:${Aws.PARTITION}:s3:::${input.bucket}/${input.prefix}*`],
    wildcardReason: 'Requests lie below one prefix, under names of their senders.',
  });
  const { successTopicArn, errorTopicArn, maxConcurrentRequests } = rest;
  const topics = [successTopicArn, errorTopicArn].filter((arn) => arn !== undefined);
  if (topics.length > 0) role.allow({ actions: ['sns:Publish'], resources: topics });
  if (maxConcurrentRequests !== undefined)
    checkInteger('asyncInference.maxConcurrentRequests', maxConcurrentRequests, 1, 1000);
  return {
    outputConfig: {
      s3OutputPath: output,
      s3FailurePath: failure,
      ...(kmsKeyArn === undefined ? {} : { kmsKeyId: kmsKeyArn }),
      ...(topics.length === 0
        ? {}
        : {
            notificationConfig: {
              ...(successTopicArn === undefined ? {} : { successTopic: successTopicArn }),
              ...(errorTopicArn === undefined ? {} : { errorTopic: errorTopicArn }),
            },
          }),
    },
    ...(maxConcurrentRequests === undefined
      ? {}
      : { clientConfig: { maxConcurrentInvocationsPerInstance: maxConcurrentRequests } }),
  };
}

/** @throws invalid_setting */
export function dataCaptureConfig(
  { uri, samplingPercentage = 100 }: DataCapture,
  role: ExecutionRole,
  kmsKeyArn: string | undefined,
): CfnEndpointConfig.DataCaptureConfigProperty {
  checkInteger('dataCapture.samplingPercentage', samplingPercentage, 0, 100);
  return {
    enableCapture: true,
    initialSamplingPercentage: samplingPercentage,
    destinationS3Uri: grantWrite(role, uri, 'dataCapture.uri'),
    captureOptions: [{ captureMode: 'Input' }, { captureMode: 'Output' }],
    captureContentTypeHeader: { jsonContentTypes: ['application/json'] },
    ...(kmsKeyArn === undefined ? {} : { kmsKeyId: kmsKeyArn }),
  };
}

function grantWrite(role: ExecutionRole, uri: string, property: string): string {
  const { bucket, prefix } = parseS3Uri(uri, property);
  role.allow({
    actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
    resources: [`arn:${Aws.PARTITION}:s3:::${bucket}/${prefix}*`],
    wildcardReason: written,
  });
  return `s3://${bucket}/${prefix}`;
}

/** Lets SageMaker encrypt with a key what it writes and, on instances without disks of their own, the volume. */
export function grantKey(role: ExecutionRole, kmsKeyArn: string): void {
  role.allow({ actions: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'], resources: [kmsKeyArn] });
  role.allow({
    actions: ['kms:CreateGrant'],
    resources: [kmsKeyArn],
    conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  });
}
