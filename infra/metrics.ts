import { Duration } from 'aws-cdk-lib';
import { Metric, Unit } from 'aws-cdk-lib/aws-cloudwatch';
import type { FailureLine, GenerationLine } from '../src/observability/log-lines.ts';

const sagemakerPage = 'https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html';
const zeroPage = 'https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling-zero-instances.html';
const filterPage = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/MonitoringLogData.html';

/** What a metric is about, which decides its dimensions: an endpoint's variant (EndpointName, VariantName), an inference
 * component (InferenceComponentName), or the containers of one endpoint, whose namespace has its name. */
type Subject = 'variant' | 'component' | 'container';

interface MetricDefinition {
  readonly namespace: string;
  readonly name: string;
  readonly subjects: readonly Subject[];
  readonly unit: Unit;
  /** What of a period is looked at, unless a widget says otherwise. */
  readonly statistic: string;
  readonly description: string;
  /** AWS's page that documents it. */
  readonly page: string;
  /** The log line and its field that CloudWatch takes the value from. */
  readonly source?: { readonly event: LogEvent; readonly field: string };
}

type LogEvent = (GenerationLine | FailureLine)['event'];

const invocation = { namespace: 'AWS/SageMaker', subjects: ['variant', 'component'], page: sagemakerPage } as const;
const instance = {
  namespace: '/aws/sagemaker/Endpoints',
  subjects: ['variant'],
  unit: Unit.PERCENT,
  statistic: 'Average',
  page: sagemakerPage,
} as const;
const copy = {
  namespace: '/aws/sagemaker/InferenceComponents',
  subjects: ['component'],
  unit: Unit.PERCENT,
  statistic: 'Average',
  page: sagemakerPage,
} as const;
/** The containers' namespaces begin so; the endpoint's name follows. */
export const containerNamespace = 'Parlance/';
const container = { namespace: containerNamespace, subjects: ['container'], page: filterPage } as const;

const ofGeneration = (field: keyof GenerationLine) => ({ event: 'generation', field }) as const;

/** Every metric that alarms, dashboards, filters and scaling use. */
const metrics = {
  invocations: {
    ...invocation,
    name: 'Invocations',
    unit: Unit.NONE,
    statistic: 'Sum',
    description: 'Requests to the endpoint',
  },
  serverErrors: {
    ...invocation,
    name: 'Invocation5XXErrors',
    unit: Unit.NONE,
    statistic: 'Sum',
    description: 'Requests that the container answered with a 5xx',
  },
  clientErrors: {
    ...invocation,
    name: 'Invocation4XXErrors',
    unit: Unit.NONE,
    statistic: 'Sum',
    description: 'Requests that the container answered with a 4xx',
  },
  modelErrors: {
    ...invocation,
    name: 'InvocationModelErrors',
    unit: Unit.NONE,
    statistic: 'Sum',
    description: 'Requests without a 2xx: errors, broken connections, time-outs',
  },
  modelLatency: {
    ...invocation,
    name: 'ModelLatency',
    unit: Unit.MICROSECONDS,
    statistic: 'p90',
    description: "Time that the container took, in microseconds; a plain answer's limit is 60 s",
  },
  overheadLatency: {
    ...invocation,
    name: 'OverheadLatency',
    unit: Unit.MICROSECONDS,
    statistic: 'Average',
    description: 'Time that SageMaker added, in microseconds',
  },
  concurrentRequests: {
    ...invocation,
    subjects: ['variant'],
    name: 'ConcurrentRequestsPerModel',
    unit: Unit.NONE,
    statistic: 'Maximum',
    description: 'Requests that a container has at the same time, those that wait in it too; scaling tracks it',
  },
  invocationsPerInstance: {
    ...invocation,
    subjects: ['variant'],
    name: 'InvocationsPerInstance',
    unit: Unit.NONE,
    statistic: 'Sum',
    description: 'Requests over instances; scaling tracks it where asked to',
  },
  concurrentRequestsPerCopy: {
    ...invocation,
    subjects: ['component'],
    name: 'ConcurrentRequestsPerCopy',
    unit: Unit.NONE,
    statistic: 'Maximum',
    description: 'Requests that a copy of the component has at the same time; scaling tracks it',
  },
  noCapacity: {
    ...invocation,
    subjects: ['component'],
    name: 'NoCapacityInvocationFailures',
    unit: Unit.NONE,
    statistic: 'Sum',
    description: 'Requests that met no instance: they wake the endpoint',
    page: zeroPage,
  },
  gpuUse: { ...instance, name: 'GPUUtilization', description: 'Use of the GPUs; 100 for each' },
  gpuMemoryUse: { ...instance, name: 'GPUMemoryUtilization', description: "Use of the GPUs' memory; 100 for each" },
  cpuUse: { ...instance, name: 'CPUUtilization', description: 'Use of the processors; 100 for each core' },
  memoryUse: { ...instance, name: 'MemoryUtilization', description: "Use of the instance's memory" },
  diskUse: { ...instance, name: 'DiskUtilization', description: "Use of the containers' disk" },
  copyGpuUse: { ...copy, name: 'GPUUtilizationNormalized', description: "Use of a copy's GPUs" },
  copyGpuMemoryUse: { ...copy, name: 'GPUMemoryUtilizationNormalized', description: 'Use of their memory' },
  copyCpuUse: { ...copy, name: 'CPUUtilizationNormalized', description: "Use of a copy's processors" },
  copyMemoryUse: { ...copy, name: 'MemoryUtilizationNormalized', description: "Use of a copy's memory" },
  promptTokens: {
    ...container,
    name: 'PromptTokens',
    unit: Unit.COUNT,
    statistic: 'Sum',
    description: 'Tokens of prompts',
    source: ofGeneration('promptTokens'),
  },
  generatedTokens: {
    ...container,
    name: 'GeneratedTokens',
    unit: Unit.COUNT,
    statistic: 'Sum',
    description: 'Tokens of answers',
    source: ofGeneration('generatedTokens'),
  },
  timeToFirstToken: {
    ...container,
    name: 'TimeToFirstToken',
    unit: Unit.MILLISECONDS,
    statistic: 'p90',
    description: 'From request to first token',
    source: ofGeneration('timeToFirstTokenMs'),
  },
  timePerToken: {
    ...container,
    name: 'TimePerToken',
    unit: Unit.MILLISECONDS,
    statistic: 'p90',
    description: 'Inference over tokens of an answer',
    source: ofGeneration('timePerTokenMs'),
  },
  queueTime: {
    ...container,
    name: 'QueueTime',
    unit: Unit.MILLISECONDS,
    statistic: 'p90',
    description: 'What a generation waited for its slot',
    source: ofGeneration('queueMs'),
  },
  inferenceTime: {
    ...container,
    name: 'InferenceTime',
    unit: Unit.MILLISECONDS,
    statistic: 'p90',
    description: 'From slot to last token',
    source: ofGeneration('inferenceMs'),
  },
  failures: {
    ...container,
    name: 'Failures',
    unit: Unit.COUNT,
    statistic: 'Sum',
    description: 'Requests for generations that failed, whatever the status',
    source: { event: 'failure', field: '' },
  },
} as const satisfies Record<string, MetricDefinition>;

export type MetricId = keyof typeof metrics;

/** Whose metrics are wanted. */
export interface MetricTarget {
  readonly endpointName: string;
  readonly variantName: string;
  /** Undefined for an endpoint that has its model itself. */
  readonly componentName?: string | undefined;
}

/** All metrics in the order of the table, as definitions. */
export const metricEntries = Object.entries(metrics) as [MetricId, MetricDefinition][];

/** Whether a target publishes a metric. */
export function hasMetric(id: MetricId, { componentName }: MetricTarget): boolean {
  const { subjects }: MetricDefinition = metrics[id];
  return subjects.includes('container') || subjects.includes(componentName === undefined ? 'variant' : 'component');
}

/** One of {@link metrics}, of one endpoint. */
export function metricOf(
  id: MetricId,
  target: MetricTarget,
  { statistic, label }: { statistic?: string; label?: string } = {},
): Metric {
  const definition: MetricDefinition = metrics[id];
  const isOfContainer = definition.subjects.includes('container');
  return new Metric({
    namespace: isOfContainer ? containerNamespace + target.endpointName : definition.namespace,
    metricName: definition.name,
    dimensionsMap: isOfContainer ? {} : dimensionsOf(target),
    statistic: statistic ?? definition.statistic,
    period: Duration.minutes(1),
    ...(label === undefined ? {} : { label }),
  });
}

function dimensionsOf({ endpointName, variantName, componentName }: MetricTarget): Record<string, string> {
  return componentName === undefined
    ? { EndpointName: endpointName, VariantName: variantName }
    : { InferenceComponentName: componentName };
}
