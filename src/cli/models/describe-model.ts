import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { memoryBounds } from '../../engine/memory/available-memory.ts';
import type { MemorySettings } from '../../engine/memory/plan-loading.ts';
import { ParlanceError } from '../../errors/errors.ts';
import { type Checkpoint, openCheckpoint } from '../../models/checkpoint.ts';
import type { ModelConfig } from '../../models/config.ts';
import type { Decoder } from '../../models/families/family.ts';
import { findFamily } from '../../models/families/find-family.ts';
import { decoderGraph } from '../../models/layers/decoder-graph.ts';
import { multiplyFloats } from '../../models/layers/linear.ts';
import { readModelConfigFile } from '../../models/model-config-file.ts';
import { planPacking } from '../../models/quantise/plan-packing.ts';
import { readTokenizerConfig } from '../../text/tokenizer-config.ts';
import { describeMemory, type MemoryDescription } from './describe-memory.ts';

/** What a checkpoint is, as far as its headers tell; no weight is read. */
export interface ModelDescription {
  readonly architecture?: string;
  readonly family?: string;
  readonly config?: ModelConfig;
  readonly numParameters?: number;
  /** Bytes in the files, by the type that they are stored in. */
  readonly storedBytes?: Readonly<Record<string, number>>;
  readonly memory?: MemoryDescription;
  readonly chatTemplates: readonly string[];
  /** Why it can't be served; none: it can. */
  readonly problems: readonly string[];
}

/** Looks a checkpoint folder over, and goes on where something is wrong with it.
 * @param settings to be served with; by default without any */
export async function describeModel(
  folder: string,
  settings: MemorySettings = { batching: {} },
): Promise<ModelDescription> {
  const problems: string[] = [];
  const attempt = async <T>(look: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof ParlanceError)) throw error;
      if (!problems.includes(error.message)) problems.push(error.message);
      return undefined;
    }
  };
  const file = await attempt(() => readModelConfigFile(folder));
  const choice = file && (await attempt(() => findFamily(file)));
  const decoder = file && choice && (await attempt(() => choice.family.read(file)));
  const checkpoint = await attempt(() => openCheckpoint(folder));
  if (decoder && checkpoint) await attempt(() => checkWeights(decoder, checkpoint));
  if (!existsSync(join(folder, 'tokenizer.json'))) problems.push(`${folder} has no tokenizer.json`);
  const tokenizerConfig = await attempt(() => readTokenizerConfig(folder));
  const weights = checkpoint && weighWeights(checkpoint);
  const memory =
    decoder && checkpoint && (await attempt(() => describeMemory(settings, checkpoint, decoder, memoryBounds())));
  const misfit = memory?.modes[0]?.problem;
  if (misfit !== undefined) problems.push(misfit);
  return {
    ...(choice && { architecture: choice.architecture, family: choice.family.name }),
    ...(decoder && { config: decoder.config }),
    ...weights,
    ...(memory && { memory }),
    chatTemplates: [...(tokenizerConfig?.chatTemplates.keys() ?? [])],
    problems,
  };
}

/** Holds every weight's name, shape and type against the configuration. */
function checkWeights(decoder: Decoder, checkpoint: Checkpoint): void {
  const { config } = decoder;
  planPacking(decoder, checkpoint, undefined);
  if (config.weightFormat.kind === 'floats')
    decoder.build(decoderGraph({ config, checkpoint, maxPositions: config.maxPositions, multiply: multiplyFloats }));
}

function weighWeights({ tensors }: Checkpoint): { numParameters: number; storedBytes: Record<string, number> } {
  let numParameters = 0;
  const storedBytes: Record<string, number> = {};
  for (const { dtype, shape, byteLength } of tensors.values()) {
    numParameters += shape.reduce((product, dimension) => product * dimension, 1);
    storedBytes[dtype] = (storedBytes[dtype] ?? 0) + byteLength;
  }
  return { numParameters, storedBytes };
}
