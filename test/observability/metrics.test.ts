import { describe, expect, it } from '@jest/globals';
import { createMetrics, metricFamilies } from '../../src/observability/metrics.ts';

const statistics = { numRunning: 0, numWaiting: 0, numBatchTokens: 0 };
const create = () => createMetrics({ maxInputTokens: 256, maxTotalTokens: 512, statistics: () => statistics });

/** `le` labels of a histogram's buckets. */
const bucketsOf = (text: string, name: string) =>
  [...text.matchAll(new RegExp(`^${name}_bucket\\{le="([^"]+)"`, 'gm'))].map(([, limit]) => Number(limit));

describe('metrics', () => {
  it('are all served with their type, before anything is counted', async () => {
    const text = await create().render();
    for (const [name, { type }] of Object.entries(metricFamilies)) expect(text).toContain(`# TYPE ${name} ${type}\n`);
  });

  it('have the buckets of TGI', async () => {
    const metrics = create();
    const names = [
      'tgi_request_duration',
      'tgi_request_input_length',
      'tgi_request_generated_tokens',
      'tgi_batch_next_size',
    ] as const;
    for (const name of names) metrics.observe(name, 1);
    const text = await metrics.render();
    const buckets = names.map((name) => bucketsOf(text, name).slice(0, -1)); // the last is +Inf
    expect(buckets.map(({ length }) => length)).toEqual([35, 100, 100, 1024]);
    expect(buckets.map((limits) => limits[0])).toEqual([0.00015000000000000001, 2.56, 5.12, 1]);
    expect(buckets.map((limits) => limits.at(-1))).toEqual([expect.closeTo(145.61096, 4), 256, 512, 1024]);
  });

  it('of two servers are apart', async () => {
    const [one, other] = [create(), create()];
    one.increment('tgi_request_count');
    expect(await one.render()).toContain('\ntgi_request_count 1\n');
    expect(await other.render()).toContain('\ntgi_request_count 0\n');
  });

  it('read the batch when they are scraped', async () => {
    let numRunning = 3;
    const metrics = createMetrics({
      maxInputTokens: 1,
      maxTotalTokens: 1,
      statistics: () => ({ ...statistics, numRunning }),
    });
    expect(await metrics.render()).toContain('\ntgi_batch_current_size 3\n');
    numRunning = 0;
    expect(await metrics.render()).toContain('\ntgi_batch_current_size 0\n');
  });

  it('label failures by what went wrong', async () => {
    const metrics = create();
    metrics.increment('tgi_request_failure', { err: 'validation' });
    expect(await metrics.render()).toContain('tgi_request_failure{err="validation"} 1');
  });
});
