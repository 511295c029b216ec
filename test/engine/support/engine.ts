import { InProcessEngine, type InProcessEngineOptions } from '../../../src/engine/engine.ts';
import type { GenerationEvent, GenerationRequest } from '../../../src/engine/types.ts';
import { FakeModel, scoreByHash } from './fake-model.ts';
import { greedy } from './sampling-parameters.ts';

/** Statistics of an engine with nothing to do. */
export const REST = { numRunning: 0, numWaiting: 0, numBatchTokens: 0 };

export const batching = {
  maxBatchTotalTokens: 200,
  maxBatchPrefillTokens: 64,
  waitingServedRatio: 0.3,
  maxWaitingTokens: 20,
  prefillChunkTokens: 8,
};

export function createEngine(options: Partial<InProcessEngineOptions> = {}): InProcessEngine {
  return new InProcessEngine({ model: new FakeModel(), batching, watermark: { gamma: 0.5, delta: 2 }, ...options });
}

export function request(promptIds: readonly number[], overrides: Partial<GenerationRequest> = {}): GenerationRequest {
  const neutral = { maxNewTokens: 6, stopIds: [], sampling: greedy, numTopTokens: 0, promptLogprobs: false };
  return { promptIds, ...neutral, ...overrides };
}

export async function collect(events: AsyncIterable<GenerationEvent>): Promise<GenerationEvent[]> {
  const collected: GenerationEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}

export function idsOf(events: readonly GenerationEvent[]): number[] {
  return events.flatMap((event) => (event.type === 'token' ? [event.id] : []));
}

/** A promise, and what settles it. */
export function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** What a model alone gives: each token the likeliest after all before it. */
export function greedyIds(promptIds: readonly number[], count: number): number[] {
  const tokens = [...promptIds];
  for (let i = 0; i < count; i++) {
    const row = scoreByHash(tokens, 40);
    tokens.push(row.indexOf(Math.max(...row)));
  }
  return tokens.slice(promptIds.length);
}

/** Ids of any length; others for another `first`. */
export function prompt(length: number, first = 1): number[] {
  return Array.from({ length }, (_, i) => (first + i * 3) % 40);
}
