import type { MemoryBound } from './available-memory.ts';
import { CACHE_SHARE } from './memory-budget.ts';
import { type Footprint, fits, longest, type MemoryPlanOptions, minTokens, needed } from './memory-needs.ts';
import { refusal } from './memory-refusal.ts';

/** How the KV cache is laid out. */
export interface MemoryPlan {
  readonly numSlots: number;
  /** Positions of a slot. */
  readonly maxPositions: number;
}

/** Holds what a model will take against what there is, before any weight is read.
 * @throws out_of_memory naming a setting with its value, and values with which the model fits */
export function planMemory(options: MemoryPlanOptions): MemoryPlan {
  const { bounds, choice, numSlots: wantedSlots, modelPositions } = options;
  const maxPositions = choice.maxTotalTokens ?? longest(options, choice, modelPositions);
  if (fits(options, choice, maxPositions, minTokens(options, choice)))
    return {
      maxPositions,
      numSlots: Math.min(wantedSlots, mostSlots(bounds, options.footprint(choice), maxPositions)),
    };
  throw refusal(options);
}

function mostSlots(bounds: readonly MemoryBound[], footprint: Footprint, maxPositions: number): number {
  const ofBounds = bounds
    .filter(({ kind }) => kind !== 'memory')
    .map(({ kind, leftBytes }) => {
      const spare = leftBytes - needed(kind, footprint, maxPositions, 1);
      return 1 + Math.floor((spare * CACHE_SHARE) / (maxPositions * footprint.kvBytesPerToken));
    });
  return Math.min(Number.POSITIVE_INFINITY, ...ofBounds);
}
