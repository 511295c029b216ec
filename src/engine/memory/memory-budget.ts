import { ParlanceError } from '../../errors/errors.ts';

export interface MemoryBudgetOptions {
  /** Left once the model is loaded and has run; undefined where the system doesn't say. */
  readonly availableBytes: number | undefined;
  /** Keys and values of one position. */
  readonly kvBytesPerToken: number;
  /** Sequences that run together, at most. */
  readonly maxBatchSize: number;
  /** Positions of a slot. */
  readonly maxPositions: number;
  /** MAX_TOTAL_TOKENS; undefined asks for as many as there are positions, or fewer where memory is short. */
  readonly maxTotalTokens: number | undefined;
  /** MAX_BATCH_TOTAL_TOKENS, a ceiling; undefined asks for as many as memory allows. */
  readonly maxBatchTotalTokens: number | undefined;
  /** How `availableBytes` came about, for the log. */
  readonly measured?: string;
}

export interface MemoryBudget {
  readonly maxTotalTokens: number;
  readonly maxBatchTotalTokens: number;
  /** What was chosen and why, for the log. */
  readonly reason: string;
  /** Whether a setting was lowered: worth a warning. */
  readonly isLowered: boolean;
}

/** The rest is for what grows while serving: prompts in flight, tokenizers, the runtime's own buffers. */
export const CACHE_SHARE = 0.9;
/** A longest sequence that was asked for may take some of the rest: whether there is room for it was foreseen. */
const SEQUENCE_SHARE = 0.97;
/** A prompt token and an answer token. */
const MIN_TOKENS = 2;

/** Settles how many tokens the KV cache may hold.
 * @throws out_of_memory where not even one sequence fits */
export function chooseMemoryBudget(options: MemoryBudgetOptions): MemoryBudget {
  const { availableBytes, kvBytesPerToken, maxBatchSize, maxPositions, measured } = options;
  const cacheBytes = (availableBytes ?? Number.POSITIVE_INFINITY) * CACHE_SHARE;
  const numFitting = Math.floor(cacheBytes / kvBytesPerToken);
  const room = `${inUnits(cacheBytes)} for the KV cache at ${inUnits(kvBytesPerToken)} a token${measured === undefined ? '' : ` (${measured})`}`;
  checkOneFits(options, numFitting, room);
  const ceiling = options.maxBatchTotalTokens ?? Number.POSITIVE_INFINITY;
  const maxTotalTokens = options.maxTotalTokens ?? Math.min(maxPositions, numFitting, ceiling);
  const wanted = Math.min(ceiling, maxBatchSize * maxTotalTokens);
  const maxBatchTotalTokens = Math.min(options.maxBatchTotalTokens ?? wanted, Math.max(numFitting, maxTotalTokens));
  const isLowered = maxBatchTotalTokens < ceiling && options.maxBatchTotalTokens !== undefined;
  const reason = isLowered
    ? `max_batch_total_tokens is lowered from ${ceiling} to ${maxBatchTotalTokens}: there is ${room}`
    : `max_batch_total_tokens is ${maxBatchTotalTokens}, ${explain(options, maxBatchTotalTokens, numFitting)}; there is ${room}`;
  return { maxTotalTokens, maxBatchTotalTokens, reason, isLowered };
}

function explain(options: MemoryBudgetOptions, chosen: number, numFitting: number): string {
  if (chosen === options.maxBatchTotalTokens) return 'as set';
  if (chosen === numFitting) return 'all that fits';
  return `enough for ${options.maxBatchSize} sequences of any length`;
}

function checkOneFits(options: MemoryBudgetOptions, numFitting: number, room: string): void {
  const { availableBytes = Number.POSITIVE_INFINITY, kvBytesPerToken, maxTotalTokens } = options;
  const numAtMost = Math.floor((availableBytes * SEQUENCE_SHARE) / kvBytesPerToken);
  if (maxTotalTokens === undefined || numAtMost < MIN_TOKENS) {
    if (numFitting >= MIN_TOKENS) return;
    throw new ParlanceError(
      'out_of_memory',
      `the model is loaded, but there is only ${room}, which is ${numFitting} tokens: give the process more memory`,
    );
  }
  if (maxTotalTokens <= numAtMost) return;
  throw new ParlanceError(
    'out_of_memory',
    `max_total_tokens is ${maxTotalTokens}, but there is only ${room}, which is ${numFitting} tokens: lower max_total_tokens to ${numFitting}, or give the process more memory`,
    { param: 'max_total_tokens' },
  );
}

export function inUnits(bytes: number): string {
  if (!Number.isFinite(bytes)) return 'an unknown amount';
  if (bytes < 2 ** 20) return `${(bytes / 2 ** 10).toFixed(1)} KiB`;
  return bytes < 2 ** 30 ? `${(bytes / 2 ** 20).toFixed(1)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
