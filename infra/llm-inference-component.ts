import { Duration } from 'aws-cdk-lib';
import { CfnScalableTarget, CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnInferenceComponent } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { ParlanceError } from '../src/errors/errors.ts';
import { ContainerLogs } from './container-logs.ts';
import { type LlmEndpoint, logPermission } from './llm-endpoint.ts';
import { LlmModel, type ServedModel } from './llm-model.ts';
import { type MetricTarget, metricOf } from './metrics.ts';
import { checkInteger, checkName, timeoutSeconds } from './property-checks.ts';

export interface LlmInferenceComponentProps {
  /** One without a model of its own. */
  readonly endpoint: LlmEndpoint;
  readonly componentName: string;
  readonly model: ServedModel;
  /** GPUs of a copy. @default all of an instance */
  readonly numGpus?: number;
  /** Memory that a copy reserves, in MiB. @default half of an instance's */
  readonly memoryMib?: number;
  /** Processor cores that a copy reserves. @default none on instances with GPUs, else half of an instance's */
  readonly numCpus?: number;
  /** @default 0: to no copy, and no instance, while nobody calls */
  readonly minCopies?: number;
  /** @default 1 */
  readonly maxCopies?: number;
  /** Requests that a copy should have at the same time. @default 8 */
  readonly concurrentRequests?: number;
  /** How long the load must have been low before a copy goes. @default 300 s */
  readonly scaleInCooldown?: Duration;
  /** @default 300 s */
  readonly containerStartupHealthCheckTimeout?: Duration;
  /** @default 900 s */
  readonly modelDataDownloadTimeout?: Duration;
  /** @default ONE_MONTH */
  readonly logRetention?: RetentionDays;
}

/** A model on the instances of an {@link LlmEndpoint}, in copies that follow the load: down to none, and, by the alarm on
 * requests that met no capacity, up again.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling-zero-instances.html
 * @throws invalid_setting */
export class LlmInferenceComponent extends Construct {
  readonly componentName: string;
  readonly endpoint: LlmEndpoint;
  readonly logs: ContainerLogs;
  /** Of the alarm that goes off when a request met no copy, and adds one. */
  readonly noCapacityAlarmName: string;

  constructor(scope: Construct, id: string, props: LlmInferenceComponentProps) {
    super(scope, id);
    check(props);
    const { endpoint, componentName } = props;
    this.componentName = componentName;
    this.endpoint = endpoint;
    const numGpus = props.numGpus ?? endpoint.instance.numGpus;
    const model = new LlmModel(this, 'Model', {
      ...props.model,
      role: endpoint.role,
      instance: endpoint.instance,
      numGpus,
      vpc: endpoint.vpc,
      carriesVpc: false,
    });
    const { endpointName } = endpoint;
    this.logs = new ContainerLogs(this, 'Logs', { endpointName, componentName, retention: props.logRetention });
    endpoint.role.allow(logPermission(this.logs));
    const component = new CfnInferenceComponent(this, 'Component', {
      inferenceComponentName: componentName,
      endpointName,
      variantName: endpoint.variantName,
      specification: {
        modelName: model.name,
        computeResourceRequirements: requirements(props, numGpus),
        startupParameters: startupParameters(props),
      },
      runtimeConfig: { copyCount: Math.max(1, props.minCopies ?? 0) },
    });
    component.node.addDependency(endpoint.endpoint, this.logs.group);
    const target = this.#scaleCopies(props);
    target.node.addDependency(component);
    this.noCapacityAlarmName = `${componentName}-no-capacity`;
    this.#wakeUp(target);
  }

  get metricTarget(): MetricTarget {
    return { ...this.endpoint.metricTarget, componentName: this.componentName };
  }

  #scaleCopies({ minCopies = 0, maxCopies = 1, ...props }: LlmInferenceComponentProps): CfnScalableTarget {
    const target = new CfnScalableTarget(this, 'ScalableCopies', {
      serviceNamespace: 'sagemaker',
      scalableDimension: 'sagemaker:inference-component:DesiredCopyCount',
      resourceId: `inference-component/${this.componentName}`,
      minCapacity: minCopies,
      maxCapacity: maxCopies,
    });
    new CfnScalingPolicy(this, 'TrackLoad', {
      policyName: `${this.componentName}-track-load`,
      policyType: 'TargetTrackingScaling',
      scalingTargetId: target.ref,
      targetTrackingScalingPolicyConfiguration: {
        targetValue: props.concurrentRequests ?? 8,
        predefinedMetricSpecification: {
          predefinedMetricType: 'SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution',
        },
        scaleInCooldown: (props.scaleInCooldown ?? Duration.seconds(300)).toSeconds(),
        scaleOutCooldown: 60,
      },
    });
    return target;
  }

  /** Target tracking can't leave zero, for there is no copy to measure: a step does. */
  #wakeUp(target: CfnScalableTarget): void {
    const policy = new CfnScalingPolicy(this, 'WakeUp', {
      policyName: `${this.componentName}-wake-up`,
      policyType: 'StepScaling',
      scalingTargetId: target.ref,
      stepScalingPolicyConfiguration: {
        adjustmentType: 'ChangeInCapacity',
        metricAggregationType: 'Maximum',
        cooldown: 60,
        stepAdjustments: [{ metricIntervalLowerBound: 0, scalingAdjustment: 1 }],
      },
    });
    const alarm = new Alarm(this, 'NoCapacity', {
      alarmName: this.noCapacityAlarmName,
      alarmDescription: 'A request met no copy of the model; one is started, which takes minutes.',
      metric: metricOf('noCapacity', this.metricTarget),
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      treatMissingData: TreatMissingData.MISSING,
    });
    alarm.addAlarmAction({ bind: () => ({ alarmActionArn: policy.attrArn }) });
  }
}

function requirements({ endpoint: { instance }, ...props }: LlmInferenceComponentProps, numGpus: number) {
  const numCpus = props.numCpus ?? (numGpus > 0 ? undefined : instance.numVcpus / 2);
  return {
    minMemoryRequiredInMb: props.memoryMib ?? Math.floor(instance.memoryBytes / 2 ** 21),
    ...(numGpus > 0 ? { numberOfAcceleratorDevicesRequired: numGpus } : {}),
    ...(numCpus === undefined ? {} : { numberOfCpuCoresRequired: numCpus }),
  };
}

function startupParameters(props: LlmInferenceComponentProps) {
  const startup = props.containerStartupHealthCheckTimeout ?? Duration.seconds(300);
  const download = props.modelDataDownloadTimeout ?? Duration.seconds(900);
  return {
    containerStartupHealthCheckTimeoutInSeconds: timeoutSeconds('containerStartupHealthCheckTimeout', startup),
    modelDataDownloadTimeoutInSeconds: timeoutSeconds('modelDataDownloadTimeout', download),
  };
}

function check({ endpoint, componentName, minCopies = 0, maxCopies = 1, ...props }: LlmInferenceComponentProps): void {
  const { instance, instances, logs } = endpoint;
  if (logs)
    throw new ParlanceError(
      'invalid_setting',
      `endpoint ${endpoint.endpointName} has a model of its own: inference components go on one without, with managedInstances`,
    );
  checkName('componentName', componentName);
  checkInteger('minCopies', minCopies, 0, Number.POSITIVE_INFINITY);
  checkInteger('maxCopies', maxCopies, Math.max(1, minCopies), Number.POSITIVE_INFINITY);
  if (minCopies === 0 && instances.least > 0)
    throw new ParlanceError(
      'invalid_setting',
      `minCopies is 0 but managedInstances.min is ${instances.least}: instances without a copy would still be paid for; make both 0, or minCopies 1`,
    );
  if (props.numGpus !== undefined)
    checkInteger('numGpus', props.numGpus, instance.numGpus > 0 ? 1 : 0, instance.numGpus);
}
