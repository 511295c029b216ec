import type { MemoryBound } from './available-memory.ts';

/** How engines that take their memory from the same place share it. They are loaded one after another. */
export interface MemorySharing {
  readonly numEngines: number;
  /** How many of them were loaded before this one. */
  readonly numLoaded: number;
}

const ALONE: MemorySharing = { numEngines: 1, numLoaded: 0 };

/** What an engine may count on before it is loaded: an equal part of what those before it left. */
export function boundsToShare(
  bounds: readonly MemoryBound[],
  { numEngines, numLoaded }: MemorySharing = ALONE,
): MemoryBound[] {
  return bounds.map((bound) => ({ ...bound, leftBytes: Math.floor(bound.leftBytes / (numEngines - numLoaded)) }));
}

/** What is an engine's own of the bytes that are left once it is loaded. Those to come will take as many as it took, and
 * what is left then is for all of them alike; those before it have not used theirs yet.
 * @param takenBytes by loading it */
export function bytesOfShare(
  leftBytes: number,
  takenBytes: number,
  { numEngines, numLoaded }: MemorySharing = ALONE,
): number {
  const numToCome = numEngines - numLoaded - 1;
  return Math.max(0, Math.floor((leftBytes - numToCome * Math.max(0, takenBytes)) / numEngines));
}
