import { describe, expect, it } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import type { LlmEndpointProps } from '../../infra/endpoint-props.ts';
import { LlmEndpoint } from '../../infra/llm-endpoint.ts';
import { LlmInferenceComponent, type LlmInferenceComponentProps } from '../../infra/llm-inference-component.ts';
import { everySetting, hubModel, image, templateOf, vpc } from './support.ts';

describe('an endpoint that goes down to zero', () => {
  const template = templateOf(everySetting.toZero);

  it('has instances that SageMaker manages, from none on', () => {
    template.hasResourceProperties('AWS::SageMaker::EndpointConfig', {
      ExecutionRoleArn: { 'Fn::GetAtt': [Match.anyValue(), 'Arn'] },
      ProductionVariants: [
        {
          VariantName: 'AllTraffic',
          InstanceType: 'ml.g5.12xlarge',
          InitialInstanceCount: 1,
          InferenceAmiVersion: 'al2023-ami-sagemaker-inference-gpu-4-1',
          ManagedInstanceScaling: { Status: 'ENABLED', MinInstanceCount: 0, MaxInstanceCount: 2 },
          RoutingConfig: { RoutingStrategy: 'LEAST_OUTSTANDING_REQUESTS' },
        },
      ],
    });
  });

  it('has the model as a component with all GPUs of an instance', () => {
    template.hasResourceProperties('AWS::SageMaker::InferenceComponent', {
      InferenceComponentName: 'to-zero',
      EndpointName: 'to-zero',
      VariantName: 'AllTraffic',
      Specification: {
        ModelName: { 'Fn::GetAtt': [Match.anyValue(), 'ModelName'] },
        ComputeResourceRequirements: { NumberOfAcceleratorDevicesRequired: 4, MinMemoryRequiredInMb: 98_304 },
        StartupParameters: {
          ContainerStartupHealthCheckTimeoutInSeconds: 300,
          ModelDataDownloadTimeoutInSeconds: 900,
        },
      },
      RuntimeConfig: { CopyCount: 1 },
    });
    template.hasResourceProperties('AWS::SageMaker::Model', {
      PrimaryContainer: { Environment: { SM_NUM_GPUS: '4' } },
    });
  });

  it('has copies that follow the concurrency of requests, down to none', () => {
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      ServiceNamespace: 'sagemaker',
      ScalableDimension: 'sagemaker:inference-component:DesiredCopyCount',
      ResourceId: 'inference-component/to-zero',
      MinCapacity: 0,
      MaxCapacity: 2,
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 8,
        ScaleInCooldown: 300,
        PredefinedMetricSpecification: {
          PredefinedMetricType: 'SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution',
        },
      },
    });
  });

  it('is woken by the alarm on requests that met no capacity', () => {
    const [policy] = Object.keys(
      template.findResources('AWS::ApplicationAutoScaling::ScalingPolicy', {
        Properties: {
          PolicyType: 'StepScaling',
          StepScalingPolicyConfiguration: {
            AdjustmentType: 'ChangeInCapacity',
            StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }],
          },
        },
      }),
    );
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/SageMaker',
      MetricName: 'NoCapacityInvocationFailures',
      Dimensions: [{ Name: 'InferenceComponentName', Value: 'to-zero' }],
      Statistic: 'Sum',
      Threshold: 1,
      EvaluationPeriods: 1,
      AlarmActions: [{ 'Fn::GetAtt': [policy, 'Arn'] }],
    });
  });

  it('has the container logs and their filters at the component, whose name the command line is told', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/aws/sagemaker/InferenceComponents/to-zero',
      RetentionInDays: 30,
    });
    template.hasOutput('ComponentName', { Value: 'to-zero' });
  });

  it('on a CPU type reserves cores rather than GPUs, in the VPC of the configuration', () => {
    const onCpu = templateOf(everySetting.cpuToZero);
    onCpu.hasResourceProperties('AWS::SageMaker::InferenceComponent', {
      Specification: {
        ComputeResourceRequirements: {
          NumberOfCpuCoresRequired: 8,
          MinMemoryRequiredInMb: 32_768,
          NumberOfAcceleratorDevicesRequired: Match.absent(),
        },
      },
    });
    onCpu.hasResourceProperties('AWS::SageMaker::EndpointConfig', {
      VpcConfig: { Subnets: vpc.subnetIds, SecurityGroupIds: vpc.securityGroupIds },
    });
    onCpu.hasResourceProperties('AWS::SageMaker::Model', { VpcConfig: Match.absent() });
  });
});

function place(endpointProps: Partial<LlmEndpointProps>, props: Partial<LlmInferenceComponentProps> = {}): Template {
  const stack = new Stack(new App(), 'stack');
  const endpoint = new LlmEndpoint(stack, 'Endpoint', { endpointName: 'shared', ...endpointProps });
  new LlmInferenceComponent(stack, 'Component', {
    endpoint,
    componentName: 'a',
    model: { image, source: hubModel },
    ...props,
  });
  return Template.fromStack(stack);
}

describe('inference components', () => {
  it('share an endpoint, a GPU each', () => {
    const stack = new Stack(new App(), 'stack');
    const endpoint = new LlmEndpoint(stack, 'Endpoint', {
      endpointName: 'shared',
      instanceType: 'ml.g5.12xlarge',
      managedInstances: { max: 3 },
    });
    for (const componentName of ['a', 'b'])
      new LlmInferenceComponent(stack, componentName, {
        endpoint,
        componentName,
        model: { image },
        numGpus: 1,
        maxCopies: 4,
      });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::SageMaker::Endpoint', 1);
    template.resourcePropertiesCountIs(
      'AWS::SageMaker::Model',
      { PrimaryContainer: { Environment: { SM_NUM_GPUS: '1' } } },
      2,
    );
  });

  const refused: [Partial<LlmEndpointProps>, Partial<LlmInferenceComponentProps>, RegExp][] = [
    [{ model: { image } }, {}, /endpoint shared has a model of its own/],
    [{}, {}, /neither model nor managedInstances is given/],
    [{ model: { image }, managedInstances: { max: 1 } }, {}, /model and managedInstances are given/],
    [{ managedInstances: { min: 1, max: 2 } }, {}, /minCopies is 0 but managedInstances\.min is 1/],
    [{ managedInstances: { max: 1 } }, { numGpus: 2 }, /numGpus is 2: expected an integer from 1 to 1/],
    [{ managedInstances: { max: 1 } }, { minCopies: 2, maxCopies: 1 }, /maxCopies is 1: .* at least 2/],
    [{ managedInstances: { max: 1 } }, { componentName: 'a_b' }, /componentName is a_b/],
    [{ managedInstances: { max: 1 }, scaling: { maxInstances: 2 } }, {}, /scaling is given beside managedInstances/],
  ];

  it.each(refused.map(([endpoint, props, message]) => [message.source, endpoint, props, message] as const))(
    'that SageMaker would refuse are told at synth: %s',
    (_, endpoint, props, message) => {
      expect(() => place(endpoint, props)).toThrow(message);
    },
  );
});
