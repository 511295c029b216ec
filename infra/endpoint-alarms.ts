import { Duration, Validations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { InstanceType } from '../src/deploy/instance-types.ts';
import { hasMetric, type MetricId, type MetricTarget, metricOf } from './metrics.ts';

/** From where on alarms go off. */
export interface AlarmThresholds {
  /** 5xx answers in five minutes. @default 5 */
  readonly serverErrors?: number;
  /** Requests without a 2xx in five minutes. @default 25 */
  readonly modelErrors?: number;
  /** Seconds that nine of ten requests stay below. @default 45, for plain answers end at 60 */
  readonly latencySeconds?: number;
  /** Seconds that nine of ten generations wait for a slot at most. @default 10 */
  readonly queueSeconds?: number;
  /** Percent of the GPUs, of processors. @default 98 */
  readonly computeUse?: number;
  /** Percent of the GPUs' memory, which the server fills on purpose. @default 99 */
  readonly gpuMemoryUse?: number;
  /** Percent of memory, of disk. @default 90 */
  readonly storageUse?: number;
}

export interface EndpointAlarmsProps {
  readonly target: MetricTarget;
  readonly instance: InstanceType;
  readonly thresholds?: AlarmThresholds | undefined;
  /** SNS topic that is told. @default alarms are seen in the console alone */
  readonly topicArn?: string | undefined;
}

interface Rule {
  readonly metric: MetricId;
  readonly name: string;
  readonly description: string;
  readonly threshold: number;
  /** Minutes in a row. */
  readonly minutes: number;
  readonly needsGpu?: boolean;
}

/** Alarms of what users notice (errors, latency, queue) and of what runs out (GPUs, processors, memory, disk). */
export class EndpointAlarms extends Construct {
  readonly names: readonly string[];

  constructor(scope: Construct, id: string, { target, instance, thresholds = {}, topicArn }: EndpointAlarmsProps) {
    super(scope, id);
    const topic = topicArn === undefined ? undefined : Topic.fromTopicArn(this, 'Topic', topicArn);
    this.names = rules(thresholds, target.componentName === undefined ? instance : undefined)
      .filter(({ metric, needsGpu }) => hasMetric(metric, target) && (!needsGpu || instance.numGpus > 0))
      .map((rule) => this.#create(rule, target, topic));
  }

  #create(rule: Rule, target: MetricTarget, topic: ITopic | undefined): string {
    const isSum = metricOf(rule.metric, target).statistic === 'Sum';
    const alarmName = `${target.componentName ?? target.endpointName}-${rule.name}`;
    const alarm = new Alarm(this, rule.metric, {
      alarmName,
      alarmDescription: rule.description,
      metric: metricOf(rule.metric, target).with({ period: Duration.minutes(isSum ? rule.minutes : 1) }),
      threshold: rule.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: isSum ? 1 : rule.minutes,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (topic) alarm.addAlarmAction(new SnsAction(topic));
    else
      Validations.of(alarm).acknowledge({
        id: 'NIST.800.53.R5-CloudWatchAlarmAction',
        reason: 'Whom to tell is not known: alarmTopicArn names a topic.',
      });
    return alarmName;
  }
}

/** @param instance whose GPUs and cores the variant's metrics count 100 each for; components' metrics are normalised */
function rules(thresholds: AlarmThresholds, instance: InstanceType | undefined): readonly Rule[] {
  const { latencySeconds = 45, queueSeconds = 10, computeUse = 98, gpuMemoryUse = 99, storageUse = 90 } = thresholds;
  const numGpus = instance?.numGpus ?? 1;
  const numVcpus = instance?.numVcpus ?? 1;
  const gpu = { name: 'gpu-use', description: 'The GPUs have been busy for 15 minutes: scale out.', needsGpu: true };
  const gpuMemory = {
    name: 'gpu-memory-use',
    description: "The GPUs' memory is all but full: lower MAX_BATCH_TOTAL_TOKENS.",
    needsGpu: true,
  };
  const cpu = { name: 'cpu-use', description: 'The processors have been busy for 15 minutes.' };
  const memory = { name: 'memory-use', description: 'Memory runs out: the container would be killed.' };
  return [
    {
      metric: 'serverErrors',
      name: 'server-errors',
      description: 'The container answers with 5xx: see its log.',
      threshold: thresholds.serverErrors ?? 5,
      minutes: 5,
    },
    {
      metric: 'modelErrors',
      name: 'model-errors',
      description: 'Requests end without a 2xx: refused, cut off or timed out.',
      threshold: thresholds.modelErrors ?? 25,
      minutes: 5,
    },
    {
      metric: 'modelLatency',
      name: 'latency',
      description:
        'Plain answers come near to the 60 s after which SageMaker ends them: stream, or ask for fewer tokens.',
      threshold: latencySeconds * 1e6,
      minutes: 5,
    },
    {
      metric: 'queueTime',
      name: 'queue-time',
      description: 'Generations wait long for a slot: scale out.',
      threshold: queueSeconds * 1000,
      minutes: 5,
    },
    { ...gpu, metric: 'gpuUse', threshold: computeUse * numGpus, minutes: 15 },
    { ...gpu, metric: 'copyGpuUse', threshold: computeUse, minutes: 15 },
    { ...gpuMemory, metric: 'gpuMemoryUse', threshold: gpuMemoryUse * numGpus, minutes: 5 },
    { ...gpuMemory, metric: 'copyGpuMemoryUse', threshold: gpuMemoryUse, minutes: 5 },
    { ...cpu, metric: 'cpuUse', threshold: computeUse * numVcpus, minutes: 15 },
    { ...cpu, metric: 'copyCpuUse', threshold: computeUse, minutes: 15 },
    { ...memory, metric: 'memoryUse', threshold: storageUse, minutes: 5 },
    { ...memory, metric: 'copyMemoryUse', threshold: storageUse, minutes: 5 },
    {
      metric: 'diskUse',
      name: 'disk-use',
      description: 'The disk runs full, with models or their quantised copies.',
      threshold: storageUse,
      minutes: 5,
    },
  ];
}
