import type { CollectedGeneration } from '../../generation/collect-generation.ts';
import { timePerTokenMs } from '../../generation/run-generation.ts';
import type { Headers, RequestContext } from '../../route.ts';

/** Headers of an answer that starts before its generation: nothing is known but the prompt. */
export function streamHeaders(numCharacters: number, { services }: RequestContext): Headers {
  return {
    'x-compute-type': services.options.computeType,
    'x-compute-characters': String(numCharacters),
    'x-accel-buffering': 'no',
  };
}

/** Headers that tell what whole generations took; times of several are those of the slowest, counts are summed. */
export function computeHeaders(
  generations: readonly CollectedGeneration[],
  numCharacters: number,
  { services, startedAtMs }: RequestContext,
): Headers {
  const totalMs = services.clock.now() - startedAtMs;
  const finishes = generations.map(({ finish }) => finish);
  const slowest = (ms: (finish: (typeof finishes)[number]) => number) =>
    String(Math.floor(Math.max(...finishes.map(ms))));
  return {
    'x-compute-type': services.options.computeType,
    'x-compute-time': String(totalMs / 1000),
    'x-compute-characters': String(numCharacters),
    'x-total-time': String(Math.floor(totalMs)),
    'x-validation-time': slowest(({ timings }) => timings.validationMs),
    'x-queue-time': slowest(({ timings }) => timings.queueMs),
    'x-inference-time': slowest(({ timings }) => timings.inferenceMs),
    'x-time-per-token': slowest(timePerTokenMs),
    'x-prompt-tokens': String(sum(finishes.map(({ numPromptTokens }) => numPromptTokens))),
    'x-generated-tokens': String(sum(finishes.map(({ numGeneratedTokens }) => numGeneratedTokens))),
  };
}

/** Unicode code points, as TGI counts. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
