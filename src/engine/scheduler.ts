import { ParlanceError } from '../errors/errors.ts';
import type { Sequence } from './sequence.ts';
import { type SlotOperation, SlotTable } from './slot-table.ts';
import type { Admission, EngineStatistics } from './types.ts';

export interface SchedulerOptions {
  readonly numSlots: number;
  /** Tokens that all running sequences may reserve together, prompts and outputs. */
  readonly maxBatchTotalTokens: number;
  /** Prompt tokens that are admitted in one go; a longer prompt goes alone. */
  readonly maxBatchPrefillTokens: number;
  /** Sequences that run at the same time, at most; `numSlots` where it is undefined. */
  readonly maxBatchSize?: number | undefined;
  /** While sequences run, new ones wait until there are this many for each of them … */
  readonly waitingServedRatio: number;
  /** … or until the running ones have decoded this many steps. */
  readonly maxWaitingTokens: number;
  /** Prompt tokens computed between two decode steps. @default 128 */
  readonly prefillChunkTokens?: number;
}

/** On CPUs larger chunks are no faster. */
export const DEFAULT_CHUNK_TOKENS = 128;
/** What a run costs at least, in prompt tokens: it reads all weights, however short the prompt. */
const MIN_RUN_COST = 16;

/** A part of a prompt, computed in one run. */
export interface PrefillStep {
  readonly sequence: Sequence;
  readonly slot: number;
  readonly start: number;
  readonly tokens: readonly number[];
}

/** Decides what runs next: plain data, no tensors. One tick is a chunk of one prompt, or several prompts that are shorter
 * together, then one decode step of all sequences that have their prompt behind them. Strictly first come, first served:
 * where the first that waits does not fit, nobody passes it, so nobody starves. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #maxRunning: number;
  readonly #slots: SlotTable;
  readonly #waiting: Sequence[] = [];
  /** Admitted: their tokens are reserved, their slot is for them as soon as the prompt before them is done. */
  readonly #admitted: Sequence[] = [];
  #prefilling: Sequence | undefined;
  #numReserved = 0;
  #stepsSinceAdmission = 0;
  #admission: Admission | undefined;
  readonly #chunkTokens: number;
  /** Prompt tokens that may still be computed before the next decode step. */
  #chunkTokensLeft: number;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#chunkTokens = Math.min(options.prefillChunkTokens ?? DEFAULT_CHUNK_TOKENS, options.maxBatchPrefillTokens);
    this.#chunkTokensLeft = this.#chunkTokens;
    this.#maxRunning = Math.min(options.maxBatchSize ?? options.numSlots, options.numSlots);
    this.#slots = new SlotTable(options.numSlots, options.maxBatchTotalTokens);
  }

  get hasWork(): boolean {
    return this.#waiting.length > 0 || this.#numReserved > 0;
  }

  statistics(): EngineStatistics {
    const numRunning = this.#admitted.length + (this.#prefilling ? 1 : 0) + this.#slots.rows().length;
    return { numRunning, numWaiting: this.#waiting.length, numBatchTokens: this.#numReserved };
  }

  /** @throws validation where the sequence could never run */
  add(sequence: Sequence): void {
    const { maxBatchTotalTokens } = this.#options;
    if (sequence.numReserved > maxBatchTotalTokens) {
      throw new ParlanceError(
        'validation',
        `the prompt's ${sequence.numPromptTokens} tokens and max_new_tokens ${sequence.maxNewTokens} are more than ` +
          `the ${maxBatchTotalTokens} of max_batch_total_tokens`,
        { param: 'max_new_tokens' },
      );
    }
    this.#waiting.push(sequence);
  }

  /** The next part of a prompt to compute before the next decode step, if there is one: its sequence's slot is ready after
   * {@link takeOperations}. The caller counts up `numComputed` after the run, and then calls `join`, or `finish`. */
  nextPrefill(): PrefillStep | undefined {
    if (this.#chunkTokensLeft <= 0) return undefined;
    if (this.#prefilling === undefined) this.#beginPrefill();
    const sequence = this.#prefilling;
    if (sequence === undefined) return undefined;
    const start = sequence.numComputed;
    const numLeft = sequence.numPromptTokens - start;
    // A prompt is not cut to fill a chunk up: that would be one more run.
    if (this.#chunkTokensLeft < this.#chunkTokens && numLeft > this.#chunkTokensLeft) return undefined;
    const tokens = sequence.tokens.slice(start, start + Math.min(numLeft, this.#chunkTokens));
    this.#chunkTokensLeft -= Math.max(tokens.length, MIN_RUN_COST);
    return { sequence, slot: this.#slots.slotOf(sequence)!, start, tokens };
  }

  /** The sequences of the next decode step: the i-th has slot i after {@link takeOperations}. */
  nextDecode(): Sequence[] {
    this.#slots.compact();
    const rows = this.#slots.rows();
    this.#chunkTokensLeft = this.#chunkTokens;
    if (rows.length > 0) this.#stepsSinceAdmission++;
    return rows;
  }

  /** Moves and trims that the KV cache has to make before the next run. */
  takeOperations(): SlotOperation[] {
    return this.#slots.takeOperations();
  }

  /** What was admitted since the last call. */
  takeAdmission(): Admission | undefined {
    const admission = this.#admission;
    this.#admission = undefined;
    return admission;
  }

  /** Lets a prefilled sequence decode. @returns whether there are others that do */
  join(sequence: Sequence): boolean {
    const hasOthers = this.#slots.rows().length > 0;
    this.#slots.join(sequence);
    this.#prefilling = undefined;
    return hasOthers;
  }

  /** Takes a sequence out, wherever it is; what it computed stays for reuse. */
  finish(sequence: Sequence): void {
    this.#slots.release(sequence);
    this.#remove(sequence);
  }

  /** Takes a sequence out whose run failed: nothing of it is reused. */
  discard(sequence: Sequence): void {
    this.#slots.discard(sequence);
    this.#remove(sequence);
  }

  #remove(sequence: Sequence): void {
    if (removeFrom(this.#waiting, sequence)) return;
    this.#numReserved -= sequence.numReserved;
    removeFrom(this.#admitted, sequence);
    if (this.#prefilling === sequence) this.#prefilling = undefined;
  }

  #beginPrefill(): void {
    if (this.#admitted.length === 0) this.#admit();
    this.#prefilling = this.#admitted.shift();
    if (this.#prefilling === undefined) return;
    this.#slots.compact();
    this.#slots.acquire(this.#prefilling);
  }

  /** Admits those at the head of the queue that fit, unless TGI's two waiting rules say to let the running ones go on. */
  #admit(): void {
    const numRunning = this.#slots.rows().length;
    const candidates = this.#fitting(this.#maxRunning - numRunning);
    const minSize = Math.floor(numRunning * this.#options.waitingServedRatio);
    const isOverdue = this.#stepsSinceAdmission >= this.#options.maxWaitingTokens;
    if (candidates.length === 0 || (candidates.length < minSize && !isOverdue)) return;
    this.#waiting.splice(0, candidates.length);
    this.#admitted.push(...candidates);
    for (const sequence of candidates) this.#numReserved += sequence.numReserved;
    this.#stepsSinceAdmission = 0;
    const joinsFor = candidates.length < minSize ? 'wait_exceeded' : 'backpressure';
    this.#admission = { numSequences: candidates.length, ...(numRunning > 0 && { joinsFor }) };
  }

  #fitting(maxSize: number): Sequence[] {
    const { maxBatchTotalTokens, maxBatchPrefillTokens } = this.#options;
    let numReserved = this.#numReserved;
    let numPrompt = 0;
    let size = 0;
    for (const sequence of this.#waiting.slice(0, maxSize)) {
      numReserved += sequence.numReserved;
      numPrompt += sequence.numPromptTokens;
      if (numReserved > maxBatchTotalTokens || (size > 0 && numPrompt > maxBatchPrefillTokens)) break;
      size++;
    }
    return this.#waiting.slice(0, size);
  }
}

function removeFrom(sequences: Sequence[], sequence: Sequence): boolean {
  const index = sequences.indexOf(sequence);
  if (index >= 0) sequences.splice(index, 1);
  return index >= 0;
}
