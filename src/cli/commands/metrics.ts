import * as asciichart from 'asciichart';
import Table from 'cli-table3';
import type { Command } from 'commander';
import type { MetricSeries } from '../../deploy/read-metrics.ts';
import { ParlanceError } from '../../errors/errors.ts';
import { type AwsOptions, awsCommand, onAws } from '../endpoints/aws-command.ts';
import { durationOption, intervalOption } from '../settings/parse-duration.ts';

interface MetricsOptions extends AwsOptions {
  readonly since: number;
  readonly watch?: boolean;
  readonly interval: number;
  readonly plot?: string;
}

const plotHeight = 8;
const maxPlotWidth = 100;

export function metricsCommand(): Command {
  return awsCommand('metrics', {
    description: "Shows an endpoint's figures of CloudWatch as a table, and one of them as a plot.",
    examples: [
      'parlance metrics zephyr-7b-beta',
      'parlance metrics zephyr-7b-beta --watch --plot TimeToFirstToken',
      'parlance metrics zephyr-7b-beta --since 1d --json',
    ],
  })
    .argument('[endpoint]', 'name of the endpoint; may be left out where there is only one')
    .addOption(durationOption('--since <duration>', 'how far to look back, such as 1h or 1d', '1h'))
    .option('--watch', 'look again and again until interrupted')
    .addOption(intervalOption(' with --watch', '30s'))
    .option('--plot <metric>', 'the metric that is plotted (default: Invocations)')
    .action((name: string | undefined, options: MetricsOptions) => onAws(() => showMetrics(name, options)));
}

async function showMetrics(given: string | undefined, options: MetricsOptions): Promise<void> {
  const { createAwsClients } = await import('../../deploy/aws-clients.ts');
  const { chooseEndpoint, describeEndpoint } = await import('../../deploy/describe-endpoint.ts');
  const { readMetrics } = await import('../../deploy/read-metrics.ts');
  const clients = createAwsClients(options);
  const endpoint = await describeEndpoint(clients, await chooseEndpoint(clients, given));
  const isLive = options.watch === true && process.stdout.isTTY === true;
  for (;;) {
    const untilMs = Date.now();
    const series = await readMetrics(clients, endpoint, { sinceMs: untilMs - options.since, untilMs });
    // Home, and clear what is below: without the flicker of a whole clear.
    if (isLive) process.stdout.write('\x1b[H\x1b[J');
    const text = options.json
      ? JSON.stringify({ endpoint: endpoint.name, series }, null, 2)
      : render(endpoint.name, series, options.plot ?? 'Invocations');
    process.stdout.write(`${text}\n`);
    if (!options.watch) return;
    await new Promise((done) => setTimeout(done, options.interval));
  }
}

function render(name: string, all: readonly MetricSeries[], plotted: string): string {
  const table = new Table({
    head: [name, 'now', 'lowest', 'mean', 'highest'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'right', 'right', 'right', 'right'],
  });
  for (const series of all) table.push([series.label, ...figures(series)]);
  return `${table.toString()}\n\n${plot(chosen(all, plotted))}`;
}

function chosen(all: readonly MetricSeries[], metric: string): MetricSeries {
  const series = all.find((one) => one.metric.toLowerCase() === metric.toLowerCase());
  if (series) return series;
  const names = [...new Set(all.map((one) => one.metric))].join(', ');
  throw new ParlanceError('validation', `--plot ${metric} is no metric of this endpoint: there are ${names}`);
}

function figures({ points, unit }: MetricSeries): string[] {
  if (points.length === 0) return ['–', '–', '–', '–'];
  const values = points.map(({ value }) => value);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [values.at(-1)!, Math.min(...values), mean, Math.max(...values)].map(
    (value) => `${short(value)}${unit && ` ${unit}`}`,
  );
}

function plot({ label, unit, points }: MetricSeries): string {
  const title = `${label}${unit && ` in ${unit}`}`;
  if (points.length === 0) return `${title}: CloudWatch has no figures of this time`;
  const values = points.slice(-maxPlotWidth).map(({ value }) => value);
  const from = new Date(points.slice(-maxPlotWidth)[0]!.timeMs).toISOString().slice(11, 16);
  const until = new Date(points.at(-1)!.timeMs).toISOString().slice(11, 16);
  const chart = asciichart.plot(values, { height: plotHeight, format: (value) => short(value).padStart(8) });
  return `${title}, ${from} to ${until} UTC\n${chart}`;
}

function short(value: number): string {
  if (value === 0 || Math.abs(value) >= 100) return String(Math.round(value));
  return value.toPrecision(3).replace(/\.?0+$/, '');
}
