import { type MemoryBound, tightestBound } from '../../engine/memory/available-memory.ts';
import { type MemorySettings, planLoading } from '../../engine/memory/plan-loading.ts';
import { ParlanceError } from '../../errors/errors.ts';
import type { Checkpoint } from '../../models/checkpoint.ts';
import type { Decoder } from '../../models/families/family.ts';
import { kvBytesPerToken } from '../../models/kv-slots.ts';
import { quantisations } from '../../models/quantise/quantisation.ts';
import { weightBytes } from '../../models/quantise/weight-bytes.ts';

/** What a model takes of the memory that there is. */
export interface MemoryDescription {
  readonly kvBytesPerToken: number;
  /** What is there, as far as the system says, less what the server itself takes. */
  readonly available: readonly MemoryBound[];
  /** What is asked for first. */
  readonly modes: readonly ModeDescription[];
}

/** What a model takes with its linear layers kept in one way. */
interface ModeDescription {
  /** The value of --quantize; null without it. */
  readonly quantize: string | null;
  /** What the layers are then computed from, such as `float32` or `gptq`. */
  readonly weights: string;
  readonly weightBytes: number;
  /** Embeddings, which stay mapped from their file. */
  readonly mappedBytes: number;
  /** What fits; absent where nothing does. */
  readonly fitting?: { readonly maxTotalTokens: number; readonly numTokens: number };
  /** Why it doesn't fit. */
  readonly problem?: string;
}

const MIB = 2 ** 20;
/** What a server takes that this process doesn't: its threads, and the runtime. */
const SERVER_BYTES = { memory: 160 * MIB, data: 128 * MIB, addresses: 800 * MIB };

/** Works out, for each way to keep the weights, what a model takes and whether that fits. */
export function describeMemory(
  settings: MemorySettings,
  checkpoint: Checkpoint,
  decoder: Decoder,
  bounds: readonly MemoryBound[],
): MemoryDescription {
  const left = bounds.map((bound) => ({
    ...bound,
    leftBytes: Math.max(0, bound.leftBytes - SERVER_BYTES[bound.kind]),
  }));
  const available = (['memory', 'data', 'addresses'] as const).map((kind) => tightestBound(left, kind));
  const { kind } = decoder.config.weightFormat;
  const asked = settings.quantisation;
  const others = kind === 'floats' ? [undefined, ...quantisations].filter((mode) => mode !== asked) : [];
  return {
    kvBytesPerToken: kvBytesPerToken(decoder.config),
    available: available.filter((bound) => bound !== undefined),
    modes: [asked, ...others].map((quantisation) => {
      const { resident, mapped } = weightBytes(decoder, checkpoint, quantisation);
      return {
        quantize: quantisation ?? null,
        weights: quantisation ?? (kind === 'floats' ? 'float32' : kind),
        weightBytes: resident,
        mappedBytes: mapped,
        ...fit({ ...settings, quantisation }, checkpoint, decoder, left),
      };
    }),
  };
}

type Fit = Pick<ModeDescription, 'fitting' | 'problem'>;

function fit(settings: MemorySettings, checkpoint: Checkpoint, decoder: Decoder, bounds: readonly MemoryBound[]): Fit {
  try {
    const { maxPositions, numTokens } = planLoading(settings, checkpoint, decoder, bounds);
    return { fitting: { maxTotalTokens: maxPositions, numTokens } };
  } catch (error) {
    if (error instanceof ParlanceError && error.code === 'out_of_memory') return { problem: error.message };
    throw error;
  }
}
