import type { Quantisation } from '../../models/quantise/quantisation.ts';
import type { WeightBytes } from '../../models/quantise/weight-bytes.ts';
import type { RunBytes } from '../../models/run-bytes.ts';
import type { MemoryBound } from './available-memory.ts';
import { CACHE_SHARE } from './memory-budget.ts';

/** The settings that decide what a model takes. */
export interface MemoryChoice {
  /** Undefined for float32. */
  readonly quantisation: Quantisation | undefined;
  /** Undefined asks for the model's positions, or fewer where memory is short. */
  readonly maxTotalTokens: number | undefined;
  readonly chunkTokens: number;
}

/** What a choice takes. */
export interface Footprint {
  readonly weights: WeightBytes;
  /** Taken for a while, on top of the weights, by loading them. */
  readonly loadingBytes: number;
  readonly kvBytesPerToken: number;
  /** @param maxPositions of a slot */
  run(maxPositions: number): RunBytes;
}

export interface MemoryPlanOptions {
  readonly bounds: readonly MemoryBound[];
  readonly choice: MemoryChoice;
  /** Quantisations that could be chosen instead, those that lose least first. */
  readonly quantisations: readonly Quantisation[];
  readonly footprint: (choice: MemoryChoice) => Footprint;
  /** Positions that the model was made for. */
  readonly modelPositions: number;
  /** Slots that would be used if memory were plenty. */
  readonly numSlots: number;
}

const MIB = 2 ** 20;
/** What else the process takes from here on: garbage that waits for its collector, threads of the runtime. */
const PROCESS_BYTES = { memory: 96 * MIB, data: 256 * MIB, addresses: 320 * MIB };
/** A shorter longest sequence is worth starting with only where it is asked for. */
const MIN_TOKENS = 256;
/** Address space is shared out among slots: so many should be left where the length of a slot is not given. */
const MIN_SLOTS = 4;

/** Tokens that the longest sequence must have for a start to be worth it. */
export function minTokens(
  { modelPositions }: Pick<MemoryPlanOptions, 'modelPositions'>,
  { maxTotalTokens }: Pick<MemoryChoice, 'maxTotalTokens'>,
): number {
  return maxTotalTokens ?? Math.min(modelPositions, MIN_TOKENS);
}

/** Whether one sequence of `maxPositions` fits, and `atLeast` so many are left. */
export function fits(options: MemoryPlanOptions, choice: MemoryChoice, maxPositions: number, atLeast: number): boolean {
  const footprint = options.footprint(choice);
  return (
    maxPositions >= atLeast &&
    options.bounds.every((bound) => needed(bound.kind, footprint, maxPositions, 1) <= bound.leftBytes)
  );
}

/** Bytes of a bound that a model takes with one sequence of `maxPositions`, and address space for `numSlots`. */
export function needed(
  kind: MemoryBound['kind'],
  footprint: Footprint,
  maxPositions: number,
  numSlots: number,
): number {
  const { weights, loadingBytes, kvBytesPerToken } = footprint;
  const run = footprint.run(maxPositions);
  // Slots take pages as they are written, and addresses at once.
  const numCounted = kind === 'memory' ? 1 : numSlots;
  const serving =
    (kind === 'memory' ? run.touched : run.allocated) + (numCounted * maxPositions * kvBytesPerToken) / CACHE_SHARE;
  // Mapped pages could be dropped and read again, at the price of a disk's speed: they are better counted.
  const mapped = kind === 'data' ? 0 : weights.mapped;
  return PROCESS_BYTES[kind] + weights.resident + mapped + Math.max(loadingBytes, serving);
}

/** The most positions up to `limit` that fit, over as many slots as there should be at least. */
export function longest(
  { bounds, footprint, numSlots }: MemoryPlanOptions,
  choice: MemoryChoice,
  limit: number,
): number {
  const taken = footprint(choice);
  const isEnough = (maxPositions: number) =>
    bounds.every((bound) => needed(bound.kind, taken, maxPositions, Math.min(MIN_SLOTS, numSlots)) <= bound.leftBytes);
  let [most, tooMany] = [0, limit + 1];
  while (tooMany - most > 1) {
    const middle = Math.floor((most + tooMany) / 2);
    if (isEnough(middle)) most = middle;
    else tooMany = middle;
  }
  return most;
}
