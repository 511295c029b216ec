import { describe, expect, it } from '@jest/globals';
import { metricEntries } from '../../infra/metrics.ts';
import { shownMetrics } from '../../src/deploy/read-metrics.ts';

describe('the metrics that are shown', () => {
  it("are all in the CDK app's table, whose pages document them", () => {
    const documented = new Set<string>(metricEntries.map(([, { name }]) => name));
    expect(shownMetrics.filter(({ metric }) => !documented.has(metric))).toEqual([]);
  });
});
