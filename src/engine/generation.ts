import type { TokenConstraint } from '../grammar/masks/token-constraint.ts';
import type { Logits } from '../models/causal-model.ts';
import type { EventStream } from './event-stream.ts';
import type { Sampler } from './sampling/sampler.ts';
import { topTokens } from './sampling/top-tokens.ts';
import type { PrefillStep } from './scheduler.ts';
import type { Sequence } from './sequence.ts';
import type { GenerationEvent, GenerationRequest, TokenLogprob } from './types.ts';

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

/** What the event of a prefill tells of the prompt. */
interface PromptScores {
  readonly promptLogprobs: Float32Array;
  readonly promptTopTokens?: (readonly TokenLogprob[])[];
}

/** A request while it is served: turns what the model gives for its sequence into events. */
export class Generation {
  readonly sequence: Sequence;
  readonly stream: EventStream<GenerationEvent>;
  readonly #parts: GenerationParts;
  readonly #scores: PromptScores | undefined;
  readonly #arrivedAt: number;
  #start: { readonly numCachedTokens: number; readonly queueMs: number } | undefined;

  constructor(parts: GenerationParts) {
    this.#parts = parts;
    this.sequence = parts.sequence;
    this.stream = parts.stream;
    this.#arrivedAt = parts.now();
    this.#scores = parts.request.promptLogprobs ? noScores(parts.request) : undefined;
  }

  /** Notes that a chunk is about to run; the first one ends the time in the queue. */
  start(position: number): void {
    this.#start ??= { numCachedTokens: position, queueMs: this.#parts.now() - this.#arrivedAt };
  }

  /** Which rows the next chunk has to give. */
  logitsWanted(step: PrefillStep): 'none' | 'last' | 'all' {
    if (this.#scores !== undefined) return 'all';
    return step.start + step.tokens.length < this.sequence.numPromptTokens ? 'none' : 'last';
  }

  /** Takes the rows of a chunk, of which the last one of the prompt gives the first token.
   * @returns whether the generation goes on */
  takeChunk(step: PrefillStep, logits: Logits): boolean {
    if (this.#scores !== undefined) this.#scorePrompt(this.#scores, step, logits);
    if (!this.sequence.isPrefilled) return true;
    const { seed, request } = this.#parts;
    this.stream.push({ type: 'prefill', ...this.#start!, ...this.#scores, seed });
    if (request.maxNewTokens > 0) return this.takeToken(logits, logits.numRows - 1);
    this.stream.end();
    return false;
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
  #scorePrompt({ promptLogprobs, promptTopTokens }: PromptScores, { start }: PrefillStep, logits: Logits): void {
    const { tokens, numPromptTokens } = this.sequence;
    const { numTopTokens } = this.#parts.request;
    for (let r = 0; r < logits.numRows && start + r + 1 < numPromptTokens; r++) {
      const scores = logits.row(r);
      const logSumExp = logits.logSumExp(r);
      promptLogprobs[start + r + 1] = scores[tokens[start + r + 1]!]! - logSumExp;
      promptTopTokens?.push(topTokens({ scores, ids: undefined, length: scores.length }, logSumExp, numTopTokens));
    }
  }
}

function noScores({ promptIds, numTopTokens }: GenerationRequest): PromptScores {
  const promptLogprobs = new Float32Array(promptIds.length).fill(Number.NaN);
  return numTopTokens > 0 ? { promptLogprobs, promptTopTokens: [[]] } : { promptLogprobs };
}
