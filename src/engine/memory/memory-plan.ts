import { type MemoryBound, tightestBound } from './available-memory.ts';
import { CACHE_SHARE } from './memory-budget.ts';
import { type Footprint, fits, longest, type MemoryPlanOptions, minTokens, needed } from './memory-needs.ts';
import { refusal } from './memory-refusal.ts';

/** How the KV cache is laid out. */
export interface MemoryPlan {
  readonly numSlots: number;
  /** Positions of a slot. */
  readonly maxPositions: number;
  /** Tokens of all sequences together that should fit. */
  readonly numTokens: number;
}

/** Holds what a model will take against what there is, before any weight is read.
 * @throws out_of_memory naming a setting with its value, and values with which the model fits */
export function planMemory(options: MemoryPlanOptions): MemoryPlan {
  const { bounds, choice, numSlots: wantedSlots, modelPositions } = options;
  const maxPositions = choice.maxTotalTokens ?? longest(options, choice, modelPositions);
  if (!fits(options, choice, maxPositions, minTokens(options, choice))) throw refusal(options);
  const taken = options.footprint(choice);
  const numSlots = Math.min(wantedSlots, mostSlots(bounds, taken, maxPositions));
  const numFitting = mostSequences(bounds, taken, maxPositions, 'memory') * maxPositions;
  return { maxPositions, numSlots, numTokens: Math.floor(Math.min(numFitting, numSlots * maxPositions)) };
}

function mostSlots(bounds: readonly MemoryBound[], taken: Footprint, maxPositions: number): number {
  const kinds = ['addresses', 'data'] as const;
  return Math.floor(Math.min(...kinds.map((kind) => mostSequences(bounds, taken, maxPositions, kind))));
}

/** Sequences of `maxPositions` that fit in the bounds of a kind; the last one may be a part of one. */
function mostSequences(
  bounds: readonly MemoryBound[],
  taken: Footprint,
  maxPositions: number,
  kind: MemoryBound['kind'],
): number {
  const bound = tightestBound(bounds, kind);
  if (bound === undefined) return Number.POSITIVE_INFINITY;
  const spareBytes = bound.leftBytes - needed(kind, taken, maxPositions, 1);
  return 1 + (spareBytes * CACHE_SHARE) / (maxPositions * taken.kvBytesPerToken);
}
