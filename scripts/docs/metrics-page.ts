import { metricFamilies } from '../../src/observability/metrics.ts';
import { code, page, table } from './markdown.ts';

/** The reference of all metrics. */
export function metricsPage(): string {
  const rows = Object.entries(metricFamilies).map(([name, family]) => [
    code(name),
    family.type,
    'labels' in family ? family.labels.map(code).join(', ') : '',
    family.help,
  ]);
  return page(
    'Metrics',
    "`GET /metrics` gives them in Prometheus' text format, under the names and types of TGI's router.",
    table(['name', 'type', 'labels', 'what it counts'], rows),
  );
}
