import type { TokenConstraint } from '../grammar/token-constraint.ts';
import type { Logits } from '../models/causal-model.ts';
import type { EventStream } from './event-stream.ts';
import type { Sampler } from './sampling/sampler.ts';
import type { PrefillStep } from './scheduler.ts';
import type { Sequence } from './sequence.ts';
import type { GenerationEvent, GenerationRequest } from './types.ts';

export interface GenerationParts {
  readonly request: GenerationRequest;
  readonly sequence: Sequence;
  readonly sampler: Sampler;
  readonly stream: EventStream<GenerationEvent>;
  /** Belongs to the generation; undefined where there is no grammar. */
  readonly constraint: TokenConstraint | undefined;
  /** Undefined for greedy decoding. */
  readonly seed: bigint | undefined;
  /** Milliseconds. */
  readonly now: () => number;
}

/** A request while it is served: turns what the model gives for its sequence into events. */
export class Generation {
  readonly sequence: Sequence;
  readonly stream: EventStream<GenerationEvent>;
  readonly #parts: GenerationParts;
  readonly #promptLogprobs: Float32Array | undefined;
  readonly #arrivedAt: number;
  #start: { readonly numCachedTokens: number; readonly queueMs: number } | undefined;

  constructor(parts: GenerationParts) {
    this.#parts = parts;
    this.sequence = parts.sequence;
    this.stream = parts.stream;
    this.#arrivedAt = parts.now();
    const { promptIds, promptLogprobs } = parts.request;
    this.#promptLogprobs = promptLogprobs ? new Float32Array(promptIds.length).fill(Number.NaN) : undefined;
  }

  /** Notes that a chunk is about to run; the first one ends the time in the queue. */
  start(position: number): void {
    this.#start ??= { numCachedTokens: position, queueMs: this.#parts.now() - this.#arrivedAt };
  }

  /** Which rows the next chunk has to give. */
  logitsWanted(step: PrefillStep): 'none' | 'last' | 'all' {
    if (this.#promptLogprobs !== undefined) return 'all';
    return step.start + step.tokens.length < this.sequence.numPromptTokens ? 'none' : 'last';
  }

  /** Takes the rows of a chunk, of which the last one of the prompt gives the first token.
   * @returns whether the generation goes on */
  takeChunk(step: PrefillStep, logits: Logits): boolean {
    if (this.#promptLogprobs !== undefined) this.#scorePrompt(this.#promptLogprobs, step, logits);
    if (!this.sequence.isPrefilled) return true;
    const { seed } = this.#parts;
    const promptLogprobs = this.#promptLogprobs;
    this.stream.push({ type: 'prefill', ...this.#start!, ...(promptLogprobs && { promptLogprobs }), seed });
    return this.takeToken(logits, logits.numRows - 1);
  }

  /** Draws the next token from a row. @returns whether the generation goes on @throws generation */
  takeToken(logits: Logits, rowIndex: number): boolean {
    const { sampler, request, constraint } = this.#parts;
    const row = logits.row(rowIndex);
    const token = sampler.sample(row, logits.logSumExp(rowIndex), request.numTopTokens, constraint?.mask());
    const finishReason = this.sequence.append(token.id);
    // At once, so that the next mask is computed while the model runs.
    if (finishReason === undefined) constraint?.advance(token.id);
    this.stream.push({ type: 'token', ...token, ...(finishReason && { finishReason }) });
    if (finishReason !== undefined) this.stream.end();
    return finishReason === undefined;
  }

  /** Frees what is kept beside the sequence. */
  close(): void {
    this.#parts.constraint?.close();
  }

  /** Row r of a chunk scores the token that follows its own. */
  #scorePrompt(promptLogprobs: Float32Array, { start }: PrefillStep, logits: Logits): void {
    const { tokens, numPromptTokens } = this.sequence;
    for (let r = 0; r < logits.numRows && start + r + 1 < numPromptTokens; r++) {
      promptLogprobs[start + r + 1] = logits.row(r)[tokens[start + r + 1]!]! - logits.logSumExp(r);
    }
  }
}
