import { Counter, Gauge, Histogram, Registry } from 'prom-client';

type Buckets = 'duration' | 'input-tokens' | 'total-tokens' | 'batch-size' | 'skipped-tokens';

interface MetricFamily {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels?: readonly string[];
  readonly buckets?: Buckets;
}

/** Every metric that is served, under the names and types of TGI's router. */
export const metricFamilies = {
  tgi_request_count: { type: 'counter', help: 'Requests that ask for a generation' },
  tgi_request_success: { type: 'counter', help: 'Requests that were answered whole' },
  tgi_request_failure: { type: 'counter', help: 'Requests that failed, by type of error', labels: ['err'] },
  tgi_request_duration: { type: 'histogram', help: 'Seconds from request to whole answer', buckets: 'duration' },
  tgi_request_validation_duration: {
    type: 'histogram',
    help: 'Seconds of validation, tokenizing included',
    buckets: 'duration',
  },
  tgi_request_queue_duration: {
    type: 'histogram',
    help: 'Seconds a generation waited for its slot',
    buckets: 'duration',
  },
  tgi_request_inference_duration: { type: 'histogram', help: 'Seconds from slot to last token', buckets: 'duration' },
  tgi_request_mean_time_per_token_duration: {
    type: 'histogram',
    help: 'Mean seconds a token of a generation',
    buckets: 'duration',
  },
  tgi_request_input_length: { type: 'histogram', help: 'Prompt tokens of a generation', buckets: 'input-tokens' },
  tgi_request_max_new_tokens: {
    type: 'histogram',
    help: 'Tokens a generation may give at most',
    buckets: 'total-tokens',
  },
  tgi_request_generated_tokens: { type: 'histogram', help: 'Tokens that a generation gave', buckets: 'total-tokens' },
  tgi_request_skipped_tokens: {
    type: 'histogram',
    help: 'Tokens accepted from speculation',
    buckets: 'skipped-tokens',
  },
  tgi_queue_size: { type: 'gauge', help: 'Generations that wait for a slot' },
  tgi_batch_current_size: { type: 'gauge', help: 'Generations that hold a slot' },
  tgi_batch_current_max_tokens: { type: 'gauge', help: 'Prompt and reserved output tokens of the running generations' },
  tgi_batch_next_size: { type: 'histogram', help: 'Sequences that leave the queue together', buckets: 'batch-size' },
  tgi_batch_concat: {
    type: 'counter',
    help: 'Batches that left the queue to join the running one',
    labels: ['reason'],
  },
  tgi_batch_concat_duration: {
    type: 'histogram',
    help: 'Seconds of joining the running batch',
    labels: ['method'],
    buckets: 'duration',
  },
  tgi_batch_inference_count: { type: 'counter', help: 'Runs of the model', labels: ['method'] },
  tgi_batch_inference_success: { type: 'counter', help: 'Runs that succeeded', labels: ['method'] },
  tgi_batch_inference_failure: { type: 'counter', help: 'Runs that failed', labels: ['method'] },
  tgi_batch_inference_duration: {
    type: 'histogram',
    help: 'Seconds of a run',
    labels: ['method'],
    buckets: 'duration',
  },
  tgi_batch_forward_duration: {
    type: 'histogram',
    help: 'Seconds in the graph',
    labels: ['method'],
    buckets: 'duration',
  },
  tgi_batch_decode_duration: {
    type: 'histogram',
    help: 'Seconds of sampling',
    labels: ['method'],
    buckets: 'duration',
  },
  tgi_batch_filter_duration: {
    type: 'histogram',
    help: 'Seconds of moving what those that left have in the KV cache',
    labels: ['method'],
    buckets: 'duration',
  },
} as const satisfies Record<string, MetricFamily>;

type MetricName = keyof typeof metricFamilies;

type NamesOf<Type extends MetricFamily['type']> = {
  [Name in MetricName]: (typeof metricFamilies)[Name]['type'] extends Type ? Name : never;
}[MetricName];

/** What the engine holds right now; read at each scrape. */
interface BatchStatistics {
  readonly numRunning: number;
  readonly numWaiting: number;
  readonly numBatchTokens: number;
}

export interface MetricsOptions {
  readonly maxInputTokens: number;
  readonly maxTotalTokens: number;
  readonly statistics: () => BatchStatistics;
}

/** Counters and histograms of one server, in a registry of its own. */
export interface Metrics {
  increment(name: NamesOf<'counter'>, labels?: Readonly<Record<string, string>>): void;
  observe(name: NamesOf<'histogram'>, value: number, labels?: Readonly<Record<string, string>>): void;
  /** Prometheus' text format. */
  render(): Promise<string>;
  readonly contentType: string;
}

/** Creates all of {@link metricFamilies}. */
export function createMetrics(options: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counters = new Map<string, Counter>();
  const histograms = new Map<string, Histogram>();
  const gauges = gaugeReaders(options.statistics);
  for (const [name, family] of Object.entries<MetricFamily>(metricFamilies)) {
    const { type, help } = family;
    const labelNames = [...(family.labels ?? [])];
    if (type === 'counter') counters.set(name, new Counter({ name, help, labelNames, registers }));
    else if (type === 'histogram') {
      const buckets = bucketsOf(family.buckets ?? 'duration', options);
      histograms.set(name, new Histogram({ name, help, labelNames, buckets, registers }));
    } else {
      const read = gauges.get(name);
      const gauge: Gauge = new Gauge({ name, help, registers, collect: () => gauge.set(read?.() ?? 0) });
    }
  }
  return {
    increment: (name, labels = {}) => counters.get(name)?.inc({ ...labels }),
    observe: (name, value, labels = {}) => histograms.get(name)?.observe({ ...labels }, value),
    render: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function gaugeReaders(statistics: () => BatchStatistics): ReadonlyMap<string, () => number> {
  return new Map([
    ['tgi_queue_size', () => statistics().numWaiting],
    ['tgi_batch_current_size', () => statistics().numRunning],
    ['tgi_batch_current_max_tokens', () => statistics().numBatchTokens],
  ]);
}

/** TGI's bucket limits: 35 durations by factors of 1.5 from 0.15 ms, a hundred steps up to a token limit, each batch size. */
function bucketsOf(buckets: Buckets, { maxInputTokens, maxTotalTokens }: MetricsOptions): number[] {
  switch (buckets) {
    case 'duration':
      return Array.from({ length: 35 }, (_, i) => 0.0001 * 1.5 ** (i + 1));
    case 'input-tokens':
      return Array.from({ length: 100 }, (_, i) => (maxInputTokens / 100) * (i + 1));
    case 'total-tokens':
      return Array.from({ length: 100 }, (_, i) => (maxTotalTokens / 100) * (i + 1));
    case 'batch-size':
      return Array.from({ length: 1024 }, (_, i) => i + 1);
    case 'skipped-tokens':
      return [0, 1, 2, 4, 8, 16];
  }
}
