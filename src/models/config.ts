import { z } from 'zod';
import { ParlanceError } from '../errors/errors.ts';
import type { ConfigFile } from './config-file.ts';
import { readWeightFormat, type WeightFormat } from './quantise/weight-format.ts';
import { type RopeConfig, ropeSchema } from './rope-config.ts';

/** A decoder's shape, whatever its family calls it. */
export interface ModelConfig {
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly numLayers: number;
  readonly numHeads: number;
  readonly numKvHeads: number;
  readonly headDim: number;
  /** Positions that the checkpoint was made for. */
  readonly maxPositions: number;
  readonly normEpsilon: number;
  /** Whether the embedding is also the language model's head. */
  readonly tiedEmbeddings: boolean;
  readonly rope: RopeConfig;
  /** How the linear layers are stored. */
  readonly weightFormat: WeightFormat;
}

const count = z.int().positive();

/** A feature that a family can have, but that is served only at this value. */
export const servedOnlyAs = <const Value extends boolean | number | string | null>(value: Value) =>
  z.literal(value, { error: `only ${JSON.stringify(value)} is served` }).nullish();

/** A feature that is off where config.json leaves it out, or has null in its place. */
export const switchedOff = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

const decoderSchema = z.looseObject({
  vocab_size: count,
  hidden_size: count,
  intermediate_size: count,
  num_hidden_layers: count,
  num_attention_heads: count,
  num_key_value_heads: count.nullish(),
  head_dim: count.nullish(),
  max_position_embeddings: count,
  rms_norm_eps: z.number().positive().default(1e-6),
  tie_word_embeddings: switchedOff,
  hidden_act: servedOnlyAs('silu'),
});

/** What config.json means where it leaves keys out. */
interface DecoderDefaults {
  /** @default as many as there are heads */
  readonly numKvHeads?: number;
  /** @default the heads share out hiddenSize */
  readonly headDim?: number;
}

/** Reads what the config.json of a decoder with gated SiLU, RMS norms and rotary embeddings says, under the names that
 * nearly every such family uses.
 * @param defaults those of transformers for the family
 * @throws unsupported_model, invalid_checkpoint */
export function readModelConfig(file: ConfigFile, defaults: DecoderDefaults = {}): ModelConfig {
  const raw = file.parse(decoderSchema);
  const numHeads = raw.num_attention_heads;
  // null says what Llama says by leaving it out.
  const numKvHeads = raw.num_key_value_heads === undefined ? defaults.numKvHeads : raw.num_key_value_heads;
  const config = {
    vocabSize: raw.vocab_size,
    hiddenSize: raw.hidden_size,
    intermediateSize: raw.intermediate_size,
    numLayers: raw.num_hidden_layers,
    numHeads,
    numKvHeads: numKvHeads ?? numHeads,
    headDim: raw.head_dim ?? defaults.headDim ?? raw.hidden_size / numHeads,
    maxPositions: raw.max_position_embeddings,
    normEpsilon: raw.rms_norm_eps,
    tiedEmbeddings: raw.tie_word_embeddings,
    rope: file.parse(ropeSchema),
    weightFormat: readWeightFormat(file),
  };
  checkHeads(file.file, config);
  checkRope(file.file, config);
  return config;
}

function checkHeads(file: string, { numHeads, numKvHeads, headDim, hiddenSize }: ModelConfig): void {
  if (numHeads % numKvHeads !== 0)
    throw new ParlanceError(
      'invalid_checkpoint',
      `${file}: num_attention_heads is ${numHeads}, expected a multiple of num_key_value_heads, ${numKvHeads}`,
    );
  if (!Number.isInteger(headDim))
    throw new ParlanceError(
      'invalid_checkpoint',
      `${file}: hidden_size is ${hiddenSize}, expected a multiple of num_attention_heads, ${numHeads}`,
    );
  // Rotary embeddings turn pairs of dimensions.
  if (headDim % 2 !== 0)
    throw new ParlanceError('unsupported_model', `${file}: head_dim is ${headDim}, expected a multiple of 2`);
}

function checkRope(file: string, { rope, headDim }: ModelConfig): void {
  if (rope.scaling.rope_type !== 'longrope') return;
  for (const key of ['short_factor', 'long_factor'] as const) {
    const { length } = rope.scaling[key];
    if (length !== headDim / 2)
      throw new ParlanceError(
        'invalid_checkpoint',
        `${file}: rope_scaling.${key} has ${length} numbers, expected ${headDim / 2}, half the head dimension`,
      );
  }
}
