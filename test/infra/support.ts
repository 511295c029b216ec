import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { EndpointSettings } from '../../infra/endpoint-settings.ts';
import { EndpointStack } from '../../infra/endpoint-stack.ts';

/** Settings for tests: an image that is there, so that nothing is staged. */
export const image = { kind: 'ecr', uri: '123456789012.dkr.ecr.us-east-1.amazonaws.com/parlance:1' } as const;
export const hubModel = { kind: 'hub', id: 'HuggingFaceH4/zephyr-7b-beta' } as const;
export const vpc = { subnetIds: ['subnet-0123456789abcdef0'], securityGroupIds: ['sg-0123456789abcdef0'] };
export const kmsKeyArn = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';

export function stackOf(settings: EndpointSettings = {}): Stack {
  return new EndpointStack(new App({ analyticsReporting: false }), { image, model: hubModel, ...settings });
}

export function templateOf(settings: EndpointSettings = {}): Template {
  return Template.fromStack(stackOf(settings));
}

/** Settings that between them use everything that there is. */
export const everySetting: Readonly<Record<string, EndpointSettings>> = {
  plain: { model: hubModel, image },
  cpu: { endpointName: 'cpu', image, instanceType: 'ml.c6i.4xlarge', volumeSizeGb: 100, kmsKeyArn },
  scaled: {
    endpointName: 'scaled',
    image,
    model: { kind: 's3', uri: 's3://models-bucket/llama' },
    scaling: { maxInstances: 4 },
    vpc,
    kmsKeyArn,
    hubTokenSecret: 'parlance/hf',
    alarmTopicArn: 'arn:aws:sns:us-east-1:123456789012:alarms',
    dataCapture: { uri: 's3://capture-bucket/zephyr', samplingPercentage: 10 },
    asyncInference: {
      outputUri: 's3://answers-bucket/out',
      inputUri: 's3://requests-bucket/in',
      successTopicArn: 'arn:aws:sns:us-east-1:123456789012:done',
      errorTopicArn: 'arn:aws:sns:us-east-1:123456789012:failed',
      maxConcurrentRequests: 4,
    },
    tags: { team: 'search' },
  },
  byInvocations: {
    endpointName: 'by-invocations',
    image,
    scaling: { minInstances: 2, maxInstances: 4, invocationsPerMinute: 70 },
  },
  toZero: {
    endpointName: 'to-zero',
    model: hubModel,
    image,
    instanceType: 'ml.g5.12xlarge',
    scaleToZero: { maxCopies: 2 },
  },
  cpuToZero: { endpointName: 'cpu-to-zero', image, instanceType: 'ml.m5.4xlarge', scaleToZero: true, vpc },
  registry: {
    endpointName: 'registry',
    image: {
      kind: 'registry',
      uri: 'registry.example.com/parlance:1',
      credentialsFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:credentials',
    },
    vpc,
  },
};
