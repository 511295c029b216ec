import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ParlanceError } from '../errors/errors.ts';
import { type Checkpoint, openCheckpoint } from '../models/checkpoint.ts';
import type { ModelConfig } from '../models/config.ts';
import { readConfigFile } from '../models/config-file.ts';
import type { Decoder } from '../models/families/family.ts';
import { findFamily } from '../models/families/find-family.ts';
import { kvBytesPerToken } from '../models/kv-slots.ts';
import { decoderGraph } from '../models/layers/decoder-graph.ts';
import { readTokenizerConfig } from '../text/tokenizer-config.ts';

const FLOAT32_BYTES = 4;

/** What a checkpoint is, as far as its headers tell; no weight is read. */
export interface ModelDescription {
  readonly architecture?: string;
  readonly family?: string;
  readonly config?: ModelConfig;
  readonly numParameters?: number;
  /** Bytes in the files, by the type that they are stored in. */
  readonly storedBytes?: Readonly<Record<string, number>>;
  readonly memory?: {
    /** Computed in float32. */
    readonly weightBytes: number;
    readonly kvBytesPerToken: number;
  };
  readonly chatTemplates: readonly string[];
  /** Why it can't be served; none: it can. */
  readonly problems: readonly string[];
}

/** Looks a checkpoint folder over, and goes on where something is wrong with it. */
export async function describeModel(folder: string): Promise<ModelDescription> {
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
  const file = await attempt(() => readConfigFile(folder, 'config.json'));
  const choice = file && (await attempt(() => findFamily(file)));
  const decoder = file && choice && (await attempt(() => choice.family.read(file)));
  const checkpoint = await attempt(() => openCheckpoint(folder));
  if (decoder && checkpoint) await attempt(() => checkWeights(decoder, checkpoint));
  if (!existsSync(join(folder, 'tokenizer.json'))) problems.push(`${folder} has no tokenizer.json`);
  const tokenizerConfig = await attempt(() => readTokenizerConfig(folder));
  const weights = checkpoint && weighWeights(checkpoint);
  return {
    ...(choice && { architecture: choice.architecture, family: choice.family.name }),
    ...(decoder && { config: decoder.config }),
    ...weights,
    ...(decoder &&
      weights && {
        memory: {
          weightBytes: weights.numParameters * FLOAT32_BYTES,
          kvBytesPerToken: kvBytesPerToken(decoder.config),
        },
      }),
    chatTemplates: [...(tokenizerConfig?.chatTemplates.keys() ?? [])],
    problems,
  };
}

/** Builds the graph, which holds every weight's name, shape and type against the configuration. */
function checkWeights(decoder: Decoder, checkpoint: Checkpoint): void {
  decoder.build(decoderGraph({ config: decoder.config, checkpoint, maxPositions: decoder.config.maxPositions }));
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
