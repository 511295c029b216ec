import type { Checkpoint } from '../../models/checkpoint.ts';
import type { Decoder } from '../../models/families/family.ts';
import { kvBytesPerToken } from '../../models/kv-slots.ts';
import type { Quantisation } from '../../models/quantise/quantisation.ts';
import { type WeightBytes, weightBytes } from '../../models/quantise/weight-bytes.ts';
import { runBytes } from '../../models/run-bytes.ts';
import type { EngineSettings } from '../engine-settings.ts';
import { DEFAULT_CHUNK_TOKENS } from '../scheduler.ts';
import type { MemoryBound } from './available-memory.ts';
import type { Footprint, MemoryChoice } from './memory-needs.ts';
import { type MemoryPlan, planMemory } from './memory-plan.ts';

export const DEFAULT_BATCH_SIZE = 64;
/** Slots beyond those that run keep the prefixes of finished sequences; unused, they take no memory. */
const NUM_SPARE_SLOTS = 16;
/** What may be recommended, what loses least first; w8a8 loses more than int8, and is hardly smaller. */
const RECOMMENDED: readonly Quantisation[] = ['int8', 'int4'];
const float32Bytes = 4;

/** What of an engine's settings its memory depends on. */
export interface MemorySettings {
  readonly quantisation?: Quantisation | undefined;
  readonly maxTotalTokens?: number | undefined;
  readonly maxBatchSize?: number | undefined;
  readonly batching: Pick<EngineSettings['batching'], 'prefillChunkTokens'>;
}

/** How a model is to be loaded. */
export interface LoadingPlan extends MemoryPlan {
  /** Sequences that are decoded together, at most. */
  readonly batchSize: number;
  readonly chunkTokens: number;
  readonly kvBytesPerToken: number;
  /** Of weights and runs. */
  readonly foreseenBytes: number;
  /** What the longest run works in, where a slot has so many positions. */
  scratchBytes(maxPositions: number): number;
}

/** Lays out a checkpoint's memory by its headers alone.
 * @throws out_of_memory as {@link planMemory}; invalid_checkpoint for a weight that is missing or misshapen */
export function planLoading(
  settings: MemorySettings,
  checkpoint: Checkpoint,
  decoder: Decoder,
  bounds: readonly MemoryBound[],
): LoadingPlan {
  const { quantisation, maxTotalTokens, maxBatchSize = DEFAULT_BATCH_SIZE, batching } = settings;
  const choice = { quantisation, maxTotalTokens, chunkTokens: batching.prefillChunkTokens ?? DEFAULT_CHUNK_TOKENS };
  const footprint = footprints(decoder, checkpoint, maxBatchSize);
  const isPlain = decoder.config.weightFormat.kind === 'floats';
  const plan = planMemory({
    bounds,
    choice,
    quantisations: isPlain ? RECOMMENDED.filter((mode) => mode !== quantisation) : [],
    footprint,
    modelPositions: decoder.config.maxPositions,
    numSlots: maxBatchSize + NUM_SPARE_SLOTS,
  });
  const { weights, run, kvBytesPerToken } = footprint(choice);
  return {
    ...plan,
    batchSize: Math.min(maxBatchSize, plan.numSlots),
    chunkTokens: Math.min(choice.chunkTokens, plan.maxPositions),
    kvBytesPerToken,
    foreseenBytes: weights.resident + run(plan.maxPositions).touched,
    scratchBytes: (maxPositions) => run(maxPositions).touched,
  };
}

function footprints(decoder: Decoder, checkpoint: Checkpoint, batchSize: number): (choice: MemoryChoice) => Footprint {
  const { config } = decoder;
  const weights = new Map<Quantisation | undefined, WeightBytes>();
  const weigh = (mode: Quantisation | undefined) => {
    const bytes = weights.get(mode) ?? weightBytes(decoder, checkpoint, mode);
    weights.set(mode, bytes);
    return bytes;
  };
  const largest = Math.max(...[...checkpoint.tensors.values()].map(({ shape }) => shape.reduce((a, b) => a * b, 1)));
  return ({ quantisation, chunkTokens }) => ({
    weights: weigh(quantisation),
    // One weight at a time is copied into the order that the kernels like, or quantised.
    loadingBytes: largest * float32Bytes,
    kvBytesPerToken: kvBytesPerToken(config),
    run: (maxPositions) =>
      runBytes(config, { chunkTokens: Math.min(chunkTokens, maxPositions), batchSize, maxPositions }),
  });
}
