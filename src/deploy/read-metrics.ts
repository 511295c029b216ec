import { GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { AwsClients } from './aws-clients.ts';
import type { EndpointDescription } from './describe-endpoint.ts';

/** Whose figure it is, which decides its namespace and dimensions. */
type Subject = 'variant' | 'component' | 'instance' | 'copy' | 'container';

interface MetricDefinition {
  readonly metric: string;
  readonly statistic: string;
  readonly subjects: readonly Subject[];
  readonly label: string;
  readonly unit: '' | 'ms' | '%';
  /** From CloudWatch's unit to ours. @default 1 */
  readonly factor?: number;
}

const requests = { subjects: ['variant', 'component'], unit: '' } as const;
const container = { subjects: ['container'] } as const;

/** What `parlance metrics` shows; the CDK app's table of metrics says what each means and where AWS documents it. */
export const shownMetrics: readonly MetricDefinition[] = [
  { ...requests, metric: 'Invocations', statistic: 'Sum', label: 'requests a minute' },
  { ...requests, metric: 'Invocation4XXErrors', statistic: 'Sum', label: '4xx a minute' },
  { ...requests, metric: 'Invocation5XXErrors', statistic: 'Sum', label: '5xx a minute' },
  { ...requests, metric: 'ModelLatency', statistic: 'Average', label: 'latency', unit: 'ms', factor: 1e-3 },
  { ...requests, metric: 'ModelLatency', statistic: 'Maximum', label: 'longest latency', unit: 'ms', factor: 1e-3 },
  { ...container, metric: 'TimeToFirstToken', statistic: 'Average', label: 'time to first token', unit: 'ms' },
  { ...container, metric: 'TimePerToken', statistic: 'Average', label: 'time per token', unit: 'ms' },
  { ...container, metric: 'QueueTime', statistic: 'Average', label: 'time in the queue', unit: 'ms' },
  { ...container, metric: 'PromptTokens', statistic: 'Sum', label: 'prompt tokens a minute', unit: '' },
  { ...container, metric: 'GeneratedTokens', statistic: 'Sum', label: 'generated tokens a minute', unit: '' },
  { ...container, metric: 'Failures', statistic: 'Sum', label: 'failures a minute', unit: '' },
  { metric: 'GPUUtilization', statistic: 'Average', subjects: ['instance'], label: 'GPUs', unit: '%' },
  { metric: 'GPUMemoryUtilization', statistic: 'Average', subjects: ['instance'], label: 'GPU memory', unit: '%' },
  { metric: 'CPUUtilization', statistic: 'Average', subjects: ['instance'], label: 'processors', unit: '%' },
  { metric: 'MemoryUtilization', statistic: 'Average', subjects: ['instance'], label: 'memory', unit: '%' },
  { metric: 'GPUUtilizationNormalized', statistic: 'Average', subjects: ['copy'], label: 'GPUs', unit: '%' },
  {
    metric: 'GPUMemoryUtilizationNormalized',
    statistic: 'Average',
    subjects: ['copy'],
    label: 'GPU memory',
    unit: '%',
  },
  {
    metric: 'NoCapacityInvocationFailures',
    statistic: 'Sum',
    subjects: ['component'],
    label: 'met no instance',
    unit: '',
  },
];

/** The figures of one metric over time, a minute each; minutes without a figure are left out. */
export interface MetricSeries {
  readonly label: string;
  readonly metric: string;
  readonly statistic: string;
  readonly unit: '' | 'ms' | '%';
  readonly points: readonly { readonly timeMs: number; readonly value: number }[];
}

const periodMs = 60_000;

/** Reads what CloudWatch has of an endpoint in [sinceMs, untilMs).
 * @returns a series for each metric that such an endpoint has, with or without points */
export async function readMetrics(
  { cloudwatch }: AwsClients,
  endpoint: Pick<EndpointDescription, 'name' | 'variants' | 'components'>,
  { sinceMs, untilMs }: { readonly sinceMs: number; readonly untilMs: number },
): Promise<MetricSeries[]> {
  const wanted = shownMetrics.flatMap((definition) => {
    const place = placeOf(definition, endpoint);
    return place ? [{ definition, place }] : [];
  });
  const queries = wanted.map(
    ({ definition, place }, index): MetricDataQuery => ({
      Id: `m${index}`,
      MetricStat: {
        Metric: { ...place, MetricName: definition.metric },
        Period: periodMs / 1000,
        Stat: definition.statistic,
      },
    }),
  );
  const points = new Map<string, { timeMs: number; value: number }[]>();
  let NextToken: string | undefined;
  do {
    const page = await cloudwatch.send(
      new GetMetricDataCommand({
        MetricDataQueries: queries,
        StartTime: new Date(sinceMs),
        EndTime: new Date(untilMs),
        ScanBy: 'TimestampAscending',
        NextToken,
      }),
    );
    for (const { Id, Timestamps = [], Values = [] } of page.MetricDataResults ?? [])
      points.set(Id!, [
        ...(points.get(Id!) ?? []),
        ...Timestamps.map((time, index) => ({ timeMs: time.getTime(), value: Values[index]! })),
      ]);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return wanted.map(({ definition: { metric, statistic, label, unit, factor = 1 } }, index) => ({
    label,
    metric,
    statistic,
    unit,
    points: (points.get(`m${index}`) ?? [])
      .map(({ timeMs, value }) => ({ timeMs, value: value * factor }))
      .sort((a, b) => a.timeMs - b.timeMs),
  }));
}

/** @returns undefined where an endpoint of this kind doesn't have the metric */
function placeOf(
  { subjects }: MetricDefinition,
  { name, variants, components }: Pick<EndpointDescription, 'name' | 'variants' | 'components'>,
): { Namespace: string; Dimensions: { Name: string; Value: string }[] } | undefined {
  const component = components[0];
  const ofVariant = [
    { Name: 'EndpointName', Value: name },
    { Name: 'VariantName', Value: variants[0]?.name ?? 'AllTraffic' },
  ];
  const ofComponent = [{ Name: 'InferenceComponentName', Value: component?.name ?? '' }];
  if (subjects.includes('container')) return { Namespace: `Parlance/${name}`, Dimensions: [] };
  if (component) {
    if (subjects.includes('component')) return { Namespace: 'AWS/SageMaker', Dimensions: ofComponent };
    if (subjects.includes('copy')) return { Namespace: '/aws/sagemaker/InferenceComponents', Dimensions: ofComponent };
    return undefined;
  }
  if (subjects.includes('variant')) return { Namespace: 'AWS/SageMaker', Dimensions: ofVariant };
  if (subjects.includes('instance')) return { Namespace: '/aws/sagemaker/Endpoints', Dimensions: ofVariant };
  return undefined;
}
