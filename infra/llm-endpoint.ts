import { Duration, Validations } from 'aws-cdk-lib';
import { CfnEndpoint, CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import type { InstanceType } from '../src/deploy/instance-types.ts';
import { checkEndpoint } from './check-endpoint.ts';
import { ContainerLogs } from './container-logs.ts';
import { asyncInferenceConfig, dataCaptureConfig, grantKey } from './endpoint-extras.ts';
import type { LlmEndpointProps } from './endpoint-props.ts';
import { ExecutionRole } from './execution-role.ts';
import { cuda13Ami, defaultInstanceType, hasLocalStorage, instanceOf } from './instance.ts';
import { scaleInstances } from './instance-scaling.ts';
import { LlmModel, type ServedModel } from './llm-model.ts';
import type { MetricTarget } from './metrics.ts';
import { timeoutSeconds } from './property-checks.ts';
import type { VpcSettings } from './vpc.ts';

/** A SageMaker endpoint of one variant, with its role and logs: either with a model, or for inference components.
 * @throws invalid_setting for properties that SageMaker or the server would refuse later */
export class LlmEndpoint extends Construct {
  readonly endpointName: string;
  readonly variantName = 'AllTraffic';
  readonly instance: InstanceType;
  readonly instances: { readonly least: number; readonly most: number };
  readonly role: ExecutionRole;
  readonly vpc: VpcSettings | undefined;
  /** Undefined without a model: components have logs of their own. */
  readonly logs: ContainerLogs | undefined;
  readonly endpoint: CfnEndpoint;

  constructor(scope: Construct, id: string, props: LlmEndpointProps) {
    super(scope, id);
    checkEndpoint(props);
    this.endpointName = props.endpointName;
    this.instance = instanceOf(props.instanceType ?? defaultInstanceType);
    this.instances = instanceRange(props);
    this.vpc = props.vpc;
    this.role = new ExecutionRole(this, 'ExecutionRole', this.endpointName);
    const model = props.model && this.#createModel(props.model);
    const config = this.#createConfig(props, model);
    this.logs =
      model && new ContainerLogs(this, 'Logs', { endpointName: this.endpointName, retention: props.logRetention });
    this.endpoint = new CfnEndpoint(this, 'Endpoint', {
      endpointName: this.endpointName,
      endpointConfigName: config.attrEndpointConfigName,
      // An update keeps the instances that scaling has brought it to.
      ...(props.scaling ? { retainAllVariantProperties: true } : {}),
    });
    if (this.logs) {
      // SageMaker would make the group, without a retention, before CloudFormation does.
      this.endpoint.node.addDependency(this.logs.group);
      this.role.allow(logPermission(this.logs));
    }
    if (props.scaling) scaleInstances(this, this, props.scaling).node.addDependency(this.endpoint);
  }

  get metricTarget(): MetricTarget {
    return { endpointName: this.endpointName, variantName: this.variantName };
  }

  #createModel(served: ServedModel): LlmModel {
    const { role, instance, vpc } = this;
    return new LlmModel(this, 'Model', {
      ...served,
      role,
      instance,
      numGpus: instance.numGpus,
      vpc,
      carriesVpc: true,
    });
  }

  #createConfig(props: LlmEndpointProps, model: LlmModel | undefined): CfnEndpointConfig {
    const { role, instance } = this;
    const { kmsKeyArn, asyncInference, dataCapture, vpc } = props;
    if (kmsKeyArn !== undefined) grantKey(role, kmsKeyArn);
    const isKeyed = kmsKeyArn !== undefined && !hasLocalStorage(instance);
    const config = new CfnEndpointConfig(this, 'Config', {
      productionVariants: [this.#variant(props, model)],
      ...(isKeyed ? { kmsKeyId: kmsKeyArn } : {}),
      ...(asyncInference ? { asyncInferenceConfig: asyncInferenceConfig(asyncInference, role, kmsKeyArn) } : {}),
      ...(dataCapture ? { dataCaptureConfig: dataCaptureConfig(dataCapture, role, kmsKeyArn) } : {}),
      ...(model ? {} : { executionRoleArn: role.arn, ...(vpc ? { vpcConfig: vpcConfig(vpc) } : {}) }),
    });
    if (!isKeyed)
      Validations.of(config).acknowledge({
        id: 'NIST.800.53.R5-SageMakerEndpointConfigurationKMSKeyConfigured',
        reason: hasLocalStorage(instance)
          ? 'The instances encrypt their own disks in hardware, and SageMaker refuses a key for them.'
          : "The volume has SageMaker's key; kmsKeyArn gives another.",
      });
    return config;
  }

  #variant(props: LlmEndpointProps, model: LlmModel | undefined): CfnEndpointConfig.ProductionVariantProperty {
    const { instanceCount = 1, managedInstances, volumeSizeGb } = props;
    const startupTimeout = props.containerStartupHealthCheckTimeout ?? Duration.seconds(300);
    const downloadTimeout = props.modelDataDownloadTimeout ?? Duration.seconds(900);
    const ami = props.inferenceAmiVersion ?? (this.instance.numGpus > 0 ? cuda13Ami : undefined);
    return {
      variantName: this.variantName,
      instanceType: this.instance.name,
      initialInstanceCount: instanceCount,
      routingConfig: { routingStrategy: 'LEAST_OUTSTANDING_REQUESTS' },
      ...(ami === undefined ? {} : { inferenceAmiVersion: ami }),
      ...(volumeSizeGb === undefined ? {} : { volumeSizeInGb: volumeSizeGb }),
      ...(managedInstances
        ? {
            managedInstanceScaling: {
              status: 'ENABLED',
              minInstanceCount: managedInstances.min ?? 0,
              maxInstanceCount: managedInstances.max,
            },
          }
        : {}),
      ...(model
        ? {
            modelName: model.name,
            initialVariantWeight: 1,
            containerStartupHealthCheckTimeoutInSeconds: timeoutSeconds(
              'containerStartupHealthCheckTimeout',
              startupTimeout,
            ),
            modelDataDownloadTimeoutInSeconds: timeoutSeconds('modelDataDownloadTimeout', downloadTimeout),
          }
        : {}),
    };
  }
}

function instanceRange({ managedInstances, scaling, instanceCount = 1 }: LlmEndpointProps): {
  least: number;
  most: number;
} {
  if (managedInstances) return { least: managedInstances.min ?? 0, most: managedInstances.max };
  if (scaling) return { least: scaling.minInstances ?? 1, most: scaling.maxInstances };
  return { least: instanceCount, most: instanceCount };
}

function vpcConfig({ subnetIds, securityGroupIds }: VpcSettings): CfnEndpointConfig.VpcConfigProperty {
  return { subnets: [...subnetIds], securityGroupIds: [...securityGroupIds] };
}

/** Writing to the streams of one log group. */
export function logPermission({ group }: ContainerLogs) {
  return {
    actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
    resources: [group.logGroupArn],
  };
}
