import type { Engine, EngineLimits, EngineStatistics, GenerationEvent, GenerationRequest } from './types.ts';

/** An engine as one of several that serve the same model. */
export interface Replica extends Engine {
  /** Requests that it was given and that have not ended, up to this moment: statistics are those of its last step. */
  readonly numOutstanding: number;
  /** False once it can't generate any more. */
  isHealthy(): boolean;
}

/** Several engines as one: each request goes to the one with the fewest. Among equals it is the first, so that what
 * comes one by one finds its prefix in one cache. */
export class ReplicatedEngine implements Engine {
  readonly limits: EngineLimits;
  readonly #replicas: readonly Replica[];

  /** @param replicas at least one, all of the same model; this engine closes them */
  constructor(replicas: readonly Replica[]) {
    this.#replicas = replicas;
    const sum = (count: (limits: EngineLimits) => number) => sumOf(replicas, ({ limits }) => count(limits));
    this.limits = {
      ...replicas[0]!.limits,
      numSlots: sum(({ numSlots }) => numSlots),
      maxBatchTotalTokens: sum(({ maxBatchTotalTokens }) => maxBatchTotalTokens),
    };
  }

  generate(request: GenerationRequest, signal?: AbortSignal): AsyncIterable<GenerationEvent> {
    return this.#leastLoaded().generate(request, signal);
  }

  statistics(): EngineStatistics {
    const all = this.#replicas.map((replica) => replica.statistics());
    return {
      numRunning: sumOf(all, ({ numRunning }) => numRunning),
      numWaiting: sumOf(all, ({ numWaiting }) => numWaiting),
      numBatchTokens: sumOf(all, ({ numBatchTokens }) => numBatchTokens),
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#replicas.map((replica) => replica.close()));
  }

  #leastLoaded(): Replica {
    const healthy = this.#replicas.filter((replica) => replica.isHealthy());
    // Where none is left, the first says why.
    const candidates = healthy.length > 0 ? healthy : this.#replicas;
    return candidates.reduce((best, next) => (next.numOutstanding < best.numOutstanding ? next : best));
  }
}

function sumOf<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((sum, item) => sum + count(item), 0);
}
