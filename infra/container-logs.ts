import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { FilterPattern, LogGroup, MetricFilter, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { containerNamespace, metricEntries } from './metrics.ts';

export interface ContainerLogsProps {
  readonly endpointName: string;
  /** Where the containers belong to an inference component. @default the endpoint has its model itself */
  readonly componentName?: string | undefined;
  /** @default ONE_MONTH */
  readonly retention?: RetentionDays | undefined;
}

/** The log group that SageMaker writes the containers' output to, made in advance so that it has a retention, and the
 * filters that turn the server's JSON lines into metrics.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html */
export class ContainerLogs extends Construct {
  readonly group: LogGroup;
  /** As a text, where the group's own name is a reference. */
  readonly groupName: string;

  constructor(scope: Construct, id: string, props: ContainerLogsProps) {
    super(scope, id);
    this.groupName = containerLogGroupName(props);
    this.group = new LogGroup(this, 'Group', {
      logGroupName: this.groupName,
      retention: props.retention ?? RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this.group).acknowledge({
      id: 'NIST.800.53.R5-CloudWatchLogGroupEncrypted',
      reason: 'CloudWatch encrypts logs with a key of its own, and the server logs neither prompts nor answers.',
    });
    for (const [metricId, { name, unit, source }] of metricEntries) {
      if (source === undefined) continue;
      new MetricFilter(this, metricId, {
        logGroup: this.group,
        filterPattern: FilterPattern.stringValue('$.event', '=', source.event),
        metricNamespace: containerNamespace + props.endpointName,
        metricName: name,
        metricValue: source.field === '' ? '1' : `$.${source.field}`,
        unit,
      });
    }
  }
}

/** Where SageMaker writes what the containers print. */
function containerLogGroupName({
  endpointName,
  componentName,
}: Pick<ContainerLogsProps, 'endpointName' | 'componentName'>): string {
  return componentName === undefined
    ? `/aws/sagemaker/Endpoints/${endpointName}`
    : `/aws/sagemaker/InferenceComponents/${componentName}`;
}
