import { ArnFormat, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IWidget,
  LogQueryWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { hasMetric, type MetricId, type MetricTarget, metricOf } from './metrics.ts';

export interface EndpointDashboardProps {
  readonly target: MetricTarget;
  /** What the endpoint serves, for the heading. */
  readonly model: string;
  readonly instanceType: string;
  readonly hasGpu: boolean;
  readonly logGroupName: string;
  readonly alarmNames: readonly string[];
}

interface Graph {
  readonly title: string;
  readonly unit: string;
  /** Metric, statistic where it isn't the usual, label. */
  readonly lines: readonly (readonly [id: MetricId, label: string, statistic?: string])[];
  readonly isOfGpu?: boolean;
}

const graphs: readonly Graph[] = [
  {
    title: 'Requests a minute',
    unit: 'requests',
    lines: [
      ['invocations', 'all'],
      ['clientErrors', '4xx'],
      ['serverErrors', '5xx'],
      ['modelErrors', 'without a 2xx'],
      ['noCapacity', 'met no capacity'],
      ['failures', 'generations that failed'],
    ],
  },
  {
    title: 'Requests at the same time',
    unit: 'requests',
    lines: [
      ['concurrentRequests', 'a container'],
      ['concurrentRequestsPerCopy', 'a copy'],
    ],
  },
  {
    title: 'Latency',
    unit: 'µs',
    lines: [
      ['modelLatency', 'container, median', 'p50'],
      ['modelLatency', 'container, p90'],
      ['overheadLatency', 'SageMaker, mean'],
    ],
  },
  {
    title: 'Time to first token',
    unit: 'ms',
    lines: [
      ['timeToFirstToken', 'median', 'p50'],
      ['timeToFirstToken', 'p90'],
      ['queueTime', 'of it in the queue, p90'],
    ],
  },
  {
    title: 'Time per token',
    unit: 'ms',
    lines: [
      ['timePerToken', 'median', 'p50'],
      ['timePerToken', 'p90'],
    ],
  },
  {
    title: 'Inference of an answer',
    unit: 'ms',
    lines: [
      ['inferenceTime', 'median', 'p50'],
      ['inferenceTime', 'p90'],
    ],
  },
  {
    title: 'Tokens a minute',
    unit: 'tokens',
    lines: [
      ['promptTokens', 'of prompts'],
      ['generatedTokens', 'generated'],
    ],
  },
  {
    title: 'GPUs',
    unit: '%',
    isOfGpu: true,
    lines: [
      ['gpuUse', 'use'],
      ['gpuMemoryUse', 'memory'],
      ['copyGpuUse', 'use'],
      ['copyGpuMemoryUse', 'memory'],
    ],
  },
  {
    title: 'Processors, memory, disk',
    unit: '%',
    lines: [
      ['cpuUse', 'processors'],
      ['memoryUse', 'memory'],
      ['diskUse', 'disk'],
      ['copyCpuUse', 'processors'],
      ['copyMemoryUse', 'memory'],
    ],
  },
];

/** What is going on at one endpoint, on one page: alarms, requests, latency, tokens, use, and the log's failures. */
export class EndpointDashboard extends Construct {
  readonly dashboardName: string;

  constructor(scope: Construct, id: string, props: EndpointDashboardProps) {
    super(scope, id);
    const { target, model, instanceType, logGroupName, alarmNames } = props;
    this.dashboardName = `parlance-${target.endpointName}`;
    const heading = new TextWidget({
      markdown: `# ${target.endpointName}\n${model} on ${instanceType}`,
      width: 24,
      height: 2,
    });
    const failures = new LogQueryWidget({
      title: 'Failures and warnings',
      logGroupNames: [logGroupName],
      queryLines: [
        'fields @timestamp, level, event, errorType, message',
        "filter event = 'failure' or level in ['WARN', 'ERROR']",
        'sort @timestamp desc',
        'limit 50',
      ],
      width: 24,
      height: 6,
    });
    new Dashboard(this, 'Dashboard', {
      dashboardName: this.dashboardName,
      widgets: [
        [heading],
        [
          new AlarmStatusWidget({
            title: 'Alarms',
            alarms: alarmNames.map((name) => this.#alarm(name)),
            width: 24,
            height: 3,
          }),
        ],
        ...rowsOf(graphWidgets(props), 3),
        [failures],
      ],
    });
  }

  /** By its name: the page shows the alarm, and can be there before it. */
  #alarm(name: string): IAlarm {
    const arn = Stack.of(this).formatArn({
      service: 'cloudwatch',
      resource: 'alarm',
      resourceName: name,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return Alarm.fromAlarmArn(this, name, arn);
  }
}

function graphWidgets({ target, hasGpu }: EndpointDashboardProps): readonly IWidget[] {
  return graphs
    .filter(({ isOfGpu }) => hasGpu || !isOfGpu)
    .map(({ title, unit, lines }) => {
      const left = lines
        .filter(([id]) => hasMetric(id, target))
        .map(([id, label, statistic]) =>
          metricOf(id, target, statistic === undefined ? { label } : { label, statistic }),
        );
      return new GraphWidget({
        title,
        left,
        leftYAxis: { label: unit, showUnits: false, min: 0 },
        width: 8,
        height: 6,
      });
    });
}

function rowsOf(widgets: readonly IWidget[], size: number): IWidget[][] {
  const numRows = Math.ceil(widgets.length / size);
  return Array.from({ length: numRows }, (_, row) => widgets.slice(row * size, (row + 1) * size));
}
