import { ParlanceError } from '../../errors/errors.ts';
import type { GenerationLine } from '../../observability/log-lines.ts';
import type { TextGenerationEvent, TextGenerationRequest } from '../../text/types.ts';
import type { RequestContext } from '../route.ts';

export type Finish = Extract<TextGenerationEvent, { type: 'finish' }>;
export type Start = Extract<TextGenerationEvent, { type: 'start' }>;
export type TokenEvent = Extract<TextGenerationEvent, { type: 'token' }>;

/** Runs one generation, records its metrics and logs it; every route, streaming or not, goes through here.
 * @throws incomplete_generation when it ends without its last event */
export async function* runGeneration(
  request: TextGenerationRequest,
  context: RequestContext,
  signal: AbortSignal = context.signal,
): AsyncGenerator<TextGenerationEvent, void, undefined> {
  let isFinished = false;
  let timeToFirstTokenMs: number | undefined;
  for await (const event of context.services.generator.generate(request, signal)) {
    if (event.type === 'start') recordStart(event, request, context);
    if (event.type === 'token') timeToFirstTokenMs ??= context.services.clock.now() - context.startedAtMs;
    if (event.type === 'finish') {
      isFinished = true;
      recordFinish(event, context);
      context.services.log.info(generationLine(event, timeToFirstTokenMs), 'generated');
    }
    yield event;
  }
  if (!isFinished) throw new ParlanceError('incomplete_generation', 'Incomplete generation');
}

function recordStart(
  event: Start,
  request: TextGenerationRequest,
  { services: { metrics, generator } }: RequestContext,
): void {
  const numPromptTokens = event.promptIds.length;
  metrics.observe('tgi_request_input_length', numPromptTokens);
  const room = generator.limits.maxTotalTokens - numPromptTokens;
  metrics.observe('tgi_request_max_new_tokens', Math.min(request.maxNewTokens ?? room, room));
}

function recordFinish(finish: Finish, { services: { metrics } }: RequestContext): void {
  const { timings, numGeneratedTokens } = finish;
  metrics.observe('tgi_request_generated_tokens', numGeneratedTokens);
  metrics.observe('tgi_request_validation_duration', timings.validationMs / 1000);
  metrics.observe('tgi_request_queue_duration', timings.queueMs / 1000);
  metrics.observe('tgi_request_inference_duration', timings.inferenceMs / 1000);
  metrics.observe('tgi_request_mean_time_per_token_duration', timePerTokenMs(finish) / 1000);
}

/** Mean time a token; that of the prompt where nothing was generated. */
export function timePerTokenMs({ timings, numGeneratedTokens }: Finish): number {
  return timings.inferenceMs / Math.max(1, numGeneratedTokens);
}

function generationLine(finish: Finish, timeToFirstTokenMs: number | undefined): GenerationLine {
  const { reason, numPromptTokens, numGeneratedTokens, timings } = finish;
  const inMs = (time: number) => Math.round(time * 100) / 100;
  return {
    event: 'generation',
    finishReason: reason,
    promptTokens: numPromptTokens,
    generatedTokens: numGeneratedTokens,
    validationMs: inMs(timings.validationMs),
    queueMs: inMs(timings.queueMs),
    inferenceMs: inMs(timings.inferenceMs),
    ...(timeToFirstTokenMs === undefined ? {} : { timeToFirstTokenMs: inMs(timeToFirstTokenMs) }),
    timePerTokenMs: inMs(timePerTokenMs(finish)),
  };
}
