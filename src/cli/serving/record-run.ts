import type { EngineRun } from '../../engine/types.ts';
import type { Metrics } from '../../observability/metrics.ts';

/** Counts a run of the model in TGI's families of batches.
 * @see text-generation-inference backends/v3/src/backend.rs */
export function recordRun({ method, hasFailed, admission, ...times }: EngineRun, metrics: Metrics): void {
  if (admission) metrics.observe('tgi_batch_next_size', admission.numSequences);
  if (admission?.joinsFor) metrics.increment('tgi_batch_concat', { reason: admission.joinsFor });
  metrics.increment('tgi_batch_inference_count', { method });
  metrics.increment(hasFailed ? 'tgi_batch_inference_failure' : 'tgi_batch_inference_success', { method });
  if (hasFailed) return;
  metrics.observe('tgi_batch_inference_duration', times.totalMs / 1000, { method });
  metrics.observe('tgi_batch_forward_duration', times.forwardMs / 1000, { method });
  metrics.observe('tgi_batch_decode_duration', times.samplingMs / 1000, { method });
  metrics.observe('tgi_batch_filter_duration', times.moveMs / 1000, { method });
  // TGI joins batches in its call of decode.
  if (times.joinMs !== undefined) {
    metrics.observe('tgi_batch_concat_duration', times.joinMs / 1000, { method: 'decode' });
  }
}
