import type { CompiledGrammar } from '../grammar/automaton/compiled-grammar.ts';

/** How the next token is drawn. Neutral values: temperature 1, topK 0, topP 1, typicalP 1, minP 0, noRepeatNgram 0,
 * repetitionPenalty 1, the other penalties 0. */
export interface SamplingParameters {
  /** false takes the likeliest token: penalties, bias and watermark count, temperature, topK, topP, typicalP and minP don't.
   * TGI samples as soon as one of those is set: whoever reads a request says so here. */
  readonly doSample: boolean;
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
  readonly typicalP: number;
  readonly minP: number;
  readonly repetitionPenalty: number;
  /** TGI's definition: penalty × count / length of the context. */
  readonly frequencyPenalty: number;
  /** OpenAI's definition: penalty × count among the generated tokens. */
  readonly openaiFrequencyPenalty: number;
  readonly openaiPresencePenalty: number;
  /** Bans the tokens that would complete an n-gram of this size that the context already has. */
  readonly noRepeatNgram: number;
  /** Added to the logits of these ids. */
  readonly logitBias: ReadonlyMap<number, number>;
  readonly watermark: boolean;
  /** u64; drawn at random where it is undefined. */
  readonly seed: bigint | undefined;
}

/** A prompt in, tokens out: the engine knows no text. */
export interface GenerationRequest {
  readonly promptIds: readonly number[];
  /** 0 computes the prompt alone: the iteration ends after `prefill`. */
  readonly maxNewTokens: number;
  /** Ids that end the sequence; the id itself is part of the output. */
  readonly stopIds: readonly number[];
  readonly sampling: SamplingParameters;
  /** Likeliest tokens wanted beside each token, those of the prompt too where its log-probabilities are wanted. */
  readonly numTopTokens: number;
  /** Whether the prompt's own log-probabilities are wanted (this disables prefix reuse). */
  readonly promptLogprobs: boolean;
  /** What the generated text must look like. It needs stop ids: they are drawn where the text may end. */
  readonly grammar?: CompiledGrammar;
}

export interface TokenLogprob {
  readonly id: number;
  /** Natural log, of the distribution that was sampled from. */
  readonly logprob: number;
}

export type GenerationEvent =
  | {
      readonly type: 'prefill';
      /** Prompt tokens whose cache was reused. */
      readonly numCachedTokens: number;
      /** One a prompt token, the first NaN; present where asked for. */
      readonly promptLogprobs?: Float32Array;
      /** The likeliest in the place of each prompt token, none for the first; present where both were asked for. */
      readonly promptTopTokens?: readonly (readonly TokenLogprob[])[];
      /** The seed in use; undefined for greedy decoding. */
      readonly seed: bigint | undefined;
      readonly queueMs: number;
    }
  | {
      readonly type: 'token';
      readonly id: number;
      readonly logprob: number;
      /** Sorted by falling logprob, ties included as TGI does; present where asked for. */
      readonly topTokens?: readonly TokenLogprob[];
      /** Set on the last token. `length` wins over `stop-id` at the limit. */
      readonly finishReason?: 'length' | 'stop-id';
    };

/** One run of the model over a batch, whether it succeeded or failed. */
export interface EngineRun {
  readonly method: 'prefill' | 'decode';
  readonly hasFailed: boolean;
  /** Making its slots ready: what others left is moved and trimmed. */
  readonly moveMs: number;
  /** The graph. */
  readonly forwardMs: number;
  /** Drawing tokens. */
  readonly samplingMs: number;
  /** All of it. */
  readonly totalMs: number;
  /** Joining the sequences that decode; present where the run finished the prompt of one beside others. */
  readonly joinMs?: number;
  /** Present on the first run after sequences left the queue. */
  readonly admission?: Admission;
}

/** Sequences that leave the queue together. */
export interface Admission {
  readonly numSequences: number;
  /** Why they may join those that run: as they are many enough, or have waited for long; undefined where none ran. */
  readonly joinsFor?: 'backpressure' | 'wait_exceeded';
}

export interface EngineStatistics {
  /** Sequences that hold a slot. */
  readonly numRunning: number;
  readonly numWaiting: number;
  /** Prompt and reserved output tokens of the running sequences. */
  readonly numBatchTokens: number;
}

/** What the engine settled on at start. */
export interface EngineLimits {
  readonly numSlots: number;
  readonly maxBatchTotalTokens: number;
  readonly maxPositions: number;
  readonly vocabSize: number;
}

export interface Engine {
  readonly limits: EngineLimits;
  /** The request is queued at once. The iteration ends after the event with a finishReason; leaving the loop earlier, or
   * an abort by `signal` (thrown as its reason), frees the slot before the next step. All errors come from the iteration.
   * Events that are not taken wait in memory, at most one a token of `maxNewTokens`.
   * @throws validation for ids or lengths beyond the limits, generation when the model fails, overloaded when closed */
  generate(request: GenerationRequest, signal?: AbortSignal): AsyncIterable<GenerationEvent>;
  statistics(): EngineStatistics;
  close(): Promise<void>;
}
