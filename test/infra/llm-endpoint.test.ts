import { describe, expect, it } from '@jest/globals';
import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { createApp } from '../../infra/create-app.ts';
import { everySetting, image, kmsKeyArn, templateOf, vpc } from './support.ts';

const variant = (properties: object) => ({ ProductionVariants: [Match.objectLike(properties)] });

describe('the endpoint of cdk deploy -c modelId=…', () => {
  const template = Template.fromStack(
    createApp(undefined, { context: { modelId: 'HuggingFaceH4/zephyr-7b-beta' } }).node.findChild(
      'parlance-zephyr-7b-beta',
    ) as Parameters<typeof Template.fromStack>[0],
  );

  it('serves the model of the Hub from the image that the Dockerfile makes, with logs that filters can read', () => {
    template.hasResourceProperties('AWS::SageMaker::Model', {
      PrimaryContainer: {
        Environment: { HF_MODEL_ID: 'HuggingFaceH4/zephyr-7b-beta', SM_NUM_GPUS: '1', JSON_OUTPUT: 'true' },
        Image: { 'Fn::Sub': Match.stringLikeRegexp('dkr\\.ecr.*container-assets') },
      },
    });
  });

  it('runs on one ml.g5.2xlarge whose driver knows CUDA 13, with time to load', () => {
    template.hasResourceProperties(
      'AWS::SageMaker::EndpointConfig',
      variant({
        VariantName: 'AllTraffic',
        InstanceType: 'ml.g5.2xlarge',
        InitialInstanceCount: 1,
        InferenceAmiVersion: 'al2023-ami-sagemaker-inference-gpu-4-1',
        ContainerStartupHealthCheckTimeoutInSeconds: 300,
        ModelDataDownloadTimeoutInSeconds: 900,
        RoutingConfig: { RoutingStrategy: 'LEAST_OUTSTANDING_REQUESTS' },
      }),
    );
    template.hasResourceProperties('AWS::SageMaker::Endpoint', { EndpointName: 'zephyr-7b-beta' });
  });

  it('comes with alarms and a dashboard', () => {
    const names = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => Properties.AlarmName,
    );
    expect(names.map((name) => String(name).replace('zephyr-7b-beta-', '')).sort()).toEqual([
      'cpu-use',
      'disk-use',
      'gpu-memory-use',
      'gpu-use',
      'latency',
      'memory-use',
      'model-errors',
      'queue-time',
      'server-errors',
    ]);
    template.hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: 'parlance-zephyr-7b-beta' });
  });

  it('tells the command line what it made', () => {
    const outputs = Object.entries(template.findOutputs('*')).map(([key, { Value }]) => [key, Value]);
    expect(Object.fromEntries(outputs)).toMatchObject({
      InstanceType: 'ml.g5.2xlarge',
      Model: 'HuggingFaceH4/zephyr-7b-beta',
      LogGroupName: '/aws/sagemaker/Endpoints/zephyr-7b-beta',
      DashboardName: 'parlance-zephyr-7b-beta',
      EndpointName: { 'Fn::GetAtt': [expect.any(String), 'EndpointName'] },
      Region: { Ref: 'AWS::Region' },
    });
  });
});

describe('an endpoint', () => {
  it('has uncompressed weights put in place from S3, and asks nothing of the Hub', () => {
    const template = templateOf({ model: { kind: 's3', uri: 's3://models-bucket/llama' } });
    template.hasResourceProperties('AWS::SageMaker::Model', {
      PrimaryContainer: {
        ModelDataSource: {
          S3DataSource: { S3Uri: 's3://models-bucket/llama/', S3DataType: 'S3Prefix', CompressionType: 'None' },
        },
        Environment: { HF_MODEL_ID: '/opt/ml/model', HF_HUB_OFFLINE: '1' },
      },
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 's3:GetObject',
            Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::models-bucket/llama/*']] },
          }),
          Match.objectLike({
            Action: 's3:ListBucket',
            Condition: { StringLike: { 's3:prefix': ['llama/', 'llama/*'] } },
          }),
        ]),
      },
    });
  });

  it('serves the bundled model where none is named', () => {
    templateOf({ model: { kind: 'bundled' } }).hasResourceProperties('AWS::SageMaker::Model', {
      PrimaryContainer: { Environment: { JSON_OUTPUT: 'true', SM_NUM_GPUS: '1', HF_MODEL_ID: Match.absent() } },
    });
  });

  it('gives the container all GPUs of its instance', () => {
    templateOf({ instanceType: 'ml.g5.48xlarge' }).hasResourceProperties('AWS::SageMaker::Model', {
      PrimaryContainer: { Environment: { SM_NUM_GPUS: '8' } },
    });
  });

  it('without GPUs has neither their AMI nor their alarms', () => {
    const template = templateOf({ instanceType: 'ml.c6i.4xlarge', volumeSizeGb: 100 });
    template.hasResourceProperties(
      'AWS::SageMaker::EndpointConfig',
      variant({ InstanceType: 'ml.c6i.4xlarge', InferenceAmiVersion: Match.absent(), VolumeSizeInGB: 100 }),
    );
    template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { MetricName: 'GPUUtilization' }, 0);
    template.hasResourceProperties('AWS::SageMaker::Model', {
      PrimaryContainer: { Environment: { SM_NUM_GPUS: Match.absent() } },
    });
  });

  it('takes other times and another AMI', () => {
    templateOf({
      containerStartupHealthCheckTimeout: Duration.minutes(20),
      modelDataDownloadTimeout: Duration.minutes(30),
      inferenceAmiVersion: 'al2-ami-sagemaker-inference-gpu-2',
    }).hasResourceProperties(
      'AWS::SageMaker::EndpointConfig',
      variant({
        ContainerStartupHealthCheckTimeoutInSeconds: 1200,
        ModelDataDownloadTimeoutInSeconds: 1800,
        InferenceAmiVersion: 'al2-ami-sagemaker-inference-gpu-2',
      }),
    );
  });

  it('pulls from ECR with rights to the one repository', () => {
    const template = templateOf({ image });
    template.hasResourceProperties('AWS::SageMaker::Model', { PrimaryContainer: { Image: image.uri } });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
            Resource: {
              'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ecr:us-east-1:123456789012:repository/parlance']],
            },
          }),
        ]),
      },
    });
  });

  it('pulls from another registry through its VPC, with its credentials', () => {
    templateOf(everySetting.registry).hasResourceProperties('AWS::SageMaker::Model', {
      PrimaryContainer: {
        Image: 'registry.example.com/parlance:1',
        ImageConfig: {
          RepositoryAccessMode: 'Vpc',
          RepositoryAuthConfig: {
            RepositoryCredentialsProviderArn: 'arn:aws:lambda:us-east-1:123456789012:function:credentials',
          },
        },
      },
      VpcConfig: { Subnets: vpc.subnetIds, SecurityGroupIds: vpc.securityGroupIds },
    });
  });

  it('gives its key to what it writes, and to volumes that take one', () => {
    const template = templateOf(everySetting.cpu);
    template.hasResourceProperties('AWS::SageMaker::EndpointConfig', { KmsKeyId: kmsKeyArn });
    const onOwnDisks = templateOf({ kmsKeyArn, dataCapture: { uri: 's3://capture-bucket/x' } });
    onOwnDisks.hasResourceProperties('AWS::SageMaker::EndpointConfig', {
      KmsKeyId: Match.absent(),
      DataCaptureConfig: { KmsKeyId: kmsKeyArn },
    });
    onOwnDisks.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Action: 'kms:CreateGrant', Resource: kmsKeyArn })]),
      },
    });
  });

  it('answers asynchronously and captures data where asked to', () => {
    templateOf(everySetting.scaled).hasResourceProperties('AWS::SageMaker::EndpointConfig', {
      AsyncInferenceConfig: {
        ClientConfig: { MaxConcurrentInvocationsPerInstance: 4 },
        OutputConfig: {
          S3OutputPath: 's3://answers-bucket/out/',
          S3FailurePath: 's3://answers-bucket/out/errors/',
          KmsKeyId: kmsKeyArn,
          NotificationConfig: {
            SuccessTopic: 'arn:aws:sns:us-east-1:123456789012:done',
            ErrorTopic: 'arn:aws:sns:us-east-1:123456789012:failed',
          },
        },
      },
      DataCaptureConfig: {
        EnableCapture: true,
        InitialSamplingPercentage: 10,
        DestinationS3Uri: 's3://capture-bucket/zephyr/',
        CaptureOptions: [{ CaptureMode: 'Input' }, { CaptureMode: 'Output' }],
      },
    });
  });

  it('has tags on all that takes them', () => {
    const template = templateOf({ tags: { team: 'search' } });
    for (const type of [
      'AWS::SageMaker::Model',
      'AWS::SageMaker::EndpointConfig',
      'AWS::SageMaker::Endpoint',
      'AWS::Logs::LogGroup',
      'AWS::IAM::Role',
    ])
      template.hasResourceProperties(type, { Tags: Match.arrayWith([{ Key: 'team', Value: 'search' }]) });
  });
});

describe('the number of instances', () => {
  it('follows the concurrency of requests', () => {
    const template = templateOf(everySetting.scaled);
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      ServiceNamespace: 'sagemaker',
      ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
      ResourceId: 'endpoint/scaled/variant/AllTraffic',
      MinCapacity: 1,
      MaxCapacity: 4,
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 8,
        PredefinedMetricSpecification: {
          PredefinedMetricType: 'SageMakerVariantConcurrentRequestsPerModelHighResolution',
        },
      },
    });
    template.hasResourceProperties('AWS::SageMaker::Endpoint', { RetainAllVariantProperties: true });
  });

  it('follows requests a minute where asked to', () => {
    templateOf(everySetting.byInvocations).hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 70,
        PredefinedMetricSpecification: { PredefinedMetricType: 'SageMakerVariantInvocationsPerInstance' },
      },
    });
  });
});

describe('the Hub token', () => {
  const secretArn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:parlance/hf-AbCdEf';

  it.each([
    ['name', 'parlance/hf', Match.anyValue()],
    ['ARN', secretArn, secretArn],
  ])(
    'is read by the container from the secret of that %s, and stands in no template',
    (_, hubTokenSecret, resource) => {
      const template = templateOf({ hubTokenSecret });
      template.hasResourceProperties('AWS::SageMaker::Model', {
        PrimaryContainer: { Environment: { HF_TOKEN_SECRET: hubTokenSecret, HF_TOKEN: Match.absent() } },
      });
      template.hasResourceProperties('AWS::IAM::Policy', {
        PolicyDocument: {
          Statement: Match.arrayWith([
            { Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: resource },
          ]),
        },
      });
      expect(JSON.stringify(template.toJSON())).not.toContain('resolve:secretsmanager');
    },
  );
});
