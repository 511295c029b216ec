import type { Engine, GenerationEvent, GenerationRequest, TokenLogprob } from '../../src/engine/types.ts';

export interface Script {
  /** The tokens that the model would give for ever: the last one repeats. */
  readonly ids: readonly number[];
  readonly logprobs?: readonly number[];
  readonly queueMs?: number;
  /** Thrown after the script's tokens. */
  readonly failure?: Error;
}

/** An engine without a model: it plays a script within the limits of the request, and remembers what it was asked. */
export class ScriptedEngine implements Engine {
  readonly limits = { numSlots: 4, maxBatchTotalTokens: 4096, maxPositions: 4096, vocabSize: 1000 };
  readonly requests: GenerationRequest[] = [];
  /** Sequences that hold a slot. */
  numRunning = 0;
  numTokens = 0;
  private readonly script: Script;

  constructor(script: Script) {
    this.script = script;
  }

  async *generate(request: GenerationRequest, signal?: AbortSignal): AsyncGenerator<GenerationEvent> {
    this.requests.push(request);
    this.numRunning++;
    try {
      const { ids, queueMs = 0, failure } = this.script;
      const promptLogprobs = Float32Array.from(request.promptIds, (_, i) => (i === 0 ? Number.NaN : -i));
      const promptTopTokens = request.promptIds.map((id, i) => (i === 0 ? [] : topTokens(id, -i, request)));
      const seed = request.sampling.doSample ? (request.sampling.seed ?? 7n) : undefined;
      const scores = { promptLogprobs, ...(request.numTopTokens > 0 && { promptTopTokens }) };
      yield { type: 'prefill', numCachedTokens: 0, seed, queueMs, ...(request.promptLogprobs && scores) };
      for (let i = 0; i < request.maxNewTokens; i++) {
        signal?.throwIfAborted();
        if (failure !== undefined && i === ids.length) throw failure;
        this.numTokens++;
        const event = this.token(i, request);
        yield event;
        if (event.type === 'token' && event.finishReason !== undefined) return;
      }
    } finally {
      this.numRunning--;
    }
  }

  statistics() {
    return { numRunning: this.numRunning, numWaiting: 0, numBatchTokens: 0 };
  }

  async close(): Promise<void> {}

  private token(index: number, request: GenerationRequest): GenerationEvent {
    const { ids, logprobs } = this.script;
    const id = ids[Math.min(index, ids.length - 1)]!;
    const logprob = logprobs?.[index] ?? -0.5;
    const ended = index + 1 === request.maxNewTokens ? 'length' : request.stopIds.includes(id) ? 'stop-id' : undefined;
    return {
      type: 'token',
      id,
      logprob,
      ...(request.numTopTokens > 0 && { topTokens: topTokens(id, logprob, request) }),
      ...(ended && { finishReason: ended }),
    };
  }
}

function topTokens(id: number, logprob: number, { numTopTokens }: GenerationRequest): TokenLogprob[] {
  return Array.from({ length: numTopTokens }, (_, rank) => ({ id: id + rank, logprob: logprob - rank }));
}
