import { describe, expect, it } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { containerNamespace, metricEntries } from '../../infra/metrics.ts';
import type { FailureLine, GenerationLine } from '../../src/observability/log-lines.ts';
import { everySetting, templateOf } from './support.ts';

/** What CloudWatch's own names for metrics of scaling policies stand for. */
const predefined: Readonly<Record<string, string>> = {
  SageMakerVariantConcurrentRequestsPerModelHighResolution:
    'AWS/SageMaker ConcurrentRequestsPerModel EndpointName,VariantName',
  SageMakerVariantInvocationsPerInstance: 'AWS/SageMaker InvocationsPerInstance EndpointName,VariantName',
  SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution:
    'AWS/SageMaker ConcurrentRequestsPerCopy InferenceComponentName',
};

const dimensions = { variant: 'EndpointName,VariantName', component: 'InferenceComponentName', container: '' };

/** All that a resource says of metrics, as `namespace name dimensions`. */
function metricsIn(template: Template): readonly string[] {
  const resources = Object.values(template.toJSON().Resources) as { Type: string; Properties: Properties }[];
  return resources.flatMap(({ Type, Properties: properties }) => {
    switch (Type) {
      case 'AWS::CloudWatch::Alarm':
        return [
          key(
            properties.Namespace,
            properties.MetricName,
            (properties.Dimensions ?? []).map(({ Name }) => Name),
          ),
        ];
      case 'AWS::Logs::MetricFilter':
        return properties.MetricTransformations.map(({ MetricNamespace, MetricName }) =>
          key(MetricNamespace, MetricName, []),
        );
      case 'AWS::ApplicationAutoScaling::ScalingPolicy': {
        const name =
          properties.TargetTrackingScalingPolicyConfiguration?.PredefinedMetricSpecification.PredefinedMetricType;
        return name === undefined ? [] : [predefined[name] ?? name];
      }
      case 'AWS::CloudWatch::Dashboard':
        return dashboardMetrics(properties.DashboardBody);
      default:
        return [];
    }
  });
}

interface Properties {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string }[];
  readonly MetricTransformations: readonly { readonly MetricNamespace: string; readonly MetricName: string }[];
  readonly TargetTrackingScalingPolicyConfiguration?: {
    readonly PredefinedMetricSpecification: { readonly PredefinedMetricType: string };
  };
  readonly DashboardBody: { readonly 'Fn::Join': readonly [string, readonly unknown[]] };
}

function dashboardMetrics({ 'Fn::Join': [, parts] }: Properties['DashboardBody']): readonly string[] {
  const body = JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'reference')).join(''));
  const widgets = body.widgets as { properties: { metrics?: (string | object)[][] } }[];
  return widgets
    .flatMap(({ properties }) => properties.metrics ?? [])
    .map((metric) => metric.filter((part) => typeof part === 'string'))
    .map(([namespace, name, ...rest]) =>
      key(
        namespace!,
        name!,
        rest.filter((_, i) => i % 2 === 0),
      ),
    );
}

function key(namespace: string, name: string, names: readonly string[]): string {
  const ofContainer = namespace.startsWith(containerNamespace);
  return [ofContainer ? containerNamespace : namespace, name, [...names].sort().join(',')].join(' ');
}

const templates = Object.entries(everySetting).map(([name, settings]) => [name, templateOf(settings)] as const);
const used = new Set(templates.flatMap(([, template]) => metricsIn(template)));
const table = metricEntries.flatMap(([, { namespace, name, subjects }]) =>
  subjects.map((subject) => `${namespace} ${name} ${dimensions[subject]}`),
);

describe('the table of metrics', () => {
  it('has every metric that a template uses', () => {
    expect([...used].filter((metric) => !table.includes(metric))).toEqual([]);
  });

  it('has no metric that no template uses', () => {
    expect(table.filter((metric) => !used.has(metric))).toEqual([]);
  });

  it('names a page of AWS for each', () => {
    for (const [, { page }] of metricEntries) expect(page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/.+\.html$/);
  });
});

describe('the filters on the containers’ log', () => {
  const generation: Required<GenerationLine> = {
    event: 'generation',
    finishReason: 'length',
    promptTokens: 1,
    generatedTokens: 1,
    validationMs: 1,
    queueMs: 1,
    inferenceMs: 1,
    timeToFirstTokenMs: 1,
    timePerTokenMs: 1,
  };
  const failure: FailureLine = { event: 'failure', errorType: 'overloaded' };
  const lines: Readonly<Record<string, object>> = { generation, failure };

  it('find the lines that the server logs, and fields of them that are numbers', () => {
    const filters = Object.values(templates[0]![1].findResources('AWS::Logs::MetricFilter'));
    expect(filters.length).toBe(metricEntries.filter(([, { source }]) => source).length);
    for (const { Properties } of filters) {
      const [, event] = /^\{ \$\.event = "(\w+)" \}$/.exec(Properties.FilterPattern)!;
      const { MetricValue, MetricNamespace } = Properties.MetricTransformations[0];
      expect(MetricNamespace).toBe('Parlance/zephyr-7b-beta');
      if (MetricValue !== '1') expect(Object(lines[event!])[MetricValue.replace('$.', '')]).toEqual(expect.any(Number));
      expect(lines).toHaveProperty(event!);
    }
  });
});
