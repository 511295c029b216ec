import { containerNamespace, metricEntries } from '../../infra/metrics.ts';
import { instanceTypes, instanceTypesSource } from '../../src/deploy/instance-types.ts';
import { estimateCost, prices } from '../../src/deploy/prices.ts';
import { contextKeys } from '../../src/deploy/stack-interface.ts';
import { code, page, table } from './markdown.ts';

const dimensions = {
  variant: 'EndpointName, VariantName',
  component: 'InferenceComponentName',
  container: 'none: the namespace ends with the endpoint’s name',
};

/** The reference of what a deployment takes and of the metrics that it uses. */
export function deploymentPage(): string {
  return page(
    'Deployment',
    'What `docs/deployment.md` describes, in tables.',
    '## Context',
    'Keys of `npx cdk deploy -c key=value`.',
    table(
      ['key', 'meaning'],
      Object.entries(contextKeys).map(([key, meaning]) => [code(key), meaning]),
    ),
    '## CloudWatch metrics',
    'All that alarms, dashboards and scaling use. Those of `Parlance/` are taken from the log by metric filters.',
    table(
      ['metric', 'namespace', 'dimensions', 'usual statistic', 'meaning', 'documented by AWS at'],
      metricEntries.map(([, { namespace, name, subjects, statistic, description, page: url, source }]) => [
        code(name),
        code(namespace === containerNamespace ? `${namespace}ENDPOINT` : namespace),
        subjects.map((subject) => dimensions[subject]).join('; or '),
        statistic,
        source?.field ? `${description} (${code(source.field)} of the line ${code(source.event)})` : description,
        `<${url}>`,
      ]),
    ),
    '## Prices',
    `Of one instance on demand in ${prices.region}, in ${prices.currency}, as known on ${prices.date}: estimates, see <${prices.url}>. vCPUs and GPUs by <${instanceTypesSource.url}>.`,
    table(
      ['instance type', 'vCPUs', 'GPUs', 'an hour', 'a month of 730 hours'],
      instanceTypes.map(({ name, numVcpus, numGpus }) => {
        const cost = estimateCost(name, { least: 1, most: 1 })!;
        return [code(name), String(numVcpus), String(numGpus), cost.perHour.toFixed(3), cost.perMonth.most.toFixed(0)];
      }),
    ),
  );
}
