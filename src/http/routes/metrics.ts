import { z } from 'zod';
import { tgiDialect } from '../dialects/tgi/tgi-dialect.ts';
import { getRoute } from '../route.ts';

export const metricsRoute = getRoute({
  paths: ['/metrics'],
  summary: 'Metrics for Prometheus',
  tag: 'Operation',
  dialect: tgiDialect,
  response: { description: "Prometheus' text format", content: { 'text/plain': z.string() } },
  errors: [],
  respond: async ({ services: { metrics } }) => ({
    kind: 'content',
    type: metrics.contentType,
    content: await metrics.render(),
  }),
});
