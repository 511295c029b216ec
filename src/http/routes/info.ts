import { tgiDialect } from '../dialects/tgi/tgi-dialect.ts';
import { getRoute } from '../route.ts';
import { infoSchema } from '../schema/tgi-answers.ts';

export const infoRoute = getRoute({
  paths: ['/info'],
  summary: 'What is served, and within which limits',
  tag: 'Text Generation Inference',
  dialect: tgiDialect,
  response: { description: 'Model and limits', content: { 'application/json': infoSchema } },
  errors: [],
  respond: ({ services: { options, generator } }) => ({
    kind: 'json',
    body: {
      model_id: options.model.id,
      model_sha: options.model.sha,
      model_pipeline_tag: options.model.pipelineTag,
      max_concurrent_requests: options.limits.maxConcurrentRequests,
      max_best_of: options.limits.maxBestOf,
      max_stop_sequences: options.limits.maxStopSequences,
      max_input_tokens: generator.limits.maxInputTokens,
      max_total_tokens: generator.limits.maxTotalTokens,
      validation_workers: options.validationWorkers,
      max_client_batch_size: options.limits.maxClientBatchSize,
      router: 'parlance',
      version: options.version,
      sha: options.buildSha,
      // TGI's word for a build that no image was made of.
      docker_label: 'native',
    },
  }),
});
