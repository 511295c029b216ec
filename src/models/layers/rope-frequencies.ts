import type { RopeConfig, RopeScaling } from '../rope-config.ts';

/** Angles turned per position by each pair of dimensions, and a factor on the cosine and sine. */
export interface RopeFrequencies {
  /** [rotaryDim / 2], radians per position. */
  readonly inverse: Float32Array;
  readonly attentionFactor: number;
}

export interface RopeShape extends RopeConfig {
  /** Dimensions of a head that are rotated. */
  readonly rotaryDim: number;
  /** config.json's `max_position_embeddings`. */
  readonly trainedPositions: number;
}

/** Whether the frequencies of a position depend on how long its sequence is, within `maxPositions`. */
export function dependsOnLength({ scaling, trainedPositions }: RopeShape, maxPositions: number): boolean {
  if (scaling.rope_type === 'dynamic') return maxPositions > trainedPositions;
  if (scaling.rope_type === 'longrope') return maxPositions > scaling.original_max_position_embeddings;
  return false;
}

/** The frequencies of a sequence, rounded to float32 where transformers rounds.
 * @param sequenceLength positions of the sequence; only `dynamic` and `longrope` depend on it
 * @see https://arxiv.org/abs/2104.09864 §3.4.2; the scalings: transformers' modeling_rope_utils */
export function ropeFrequencies(shape: RopeShape, sequenceLength: number): RopeFrequencies {
  const { theta, rotaryDim, scaling, trainedPositions } = shape;
  switch (scaling.rope_type) {
    case 'default':
      return { inverse: inverseOf(wavelengths(theta, rotaryDim)), attentionFactor: 1 };
    case 'linear':
      return {
        inverse: inverseOf(wavelengths(theta, rotaryDim)).map((frequency) => frequency / scaling.factor),
        attentionFactor: 1,
      };
    case 'dynamic': {
      const stretch = (scaling.factor * Math.max(sequenceLength, trainedPositions)) / trainedPositions;
      const base = theta * (stretch - (scaling.factor - 1)) ** (rotaryDim / (rotaryDim - 2));
      return { inverse: inverseOf(wavelengths(base, rotaryDim)), attentionFactor: 1 };
    }
    case 'llama3':
      return { inverse: llama3(scaling, inverseOf(wavelengths(theta, rotaryDim))), attentionFactor: 1 };
    case 'yarn':
      return yarn(scaling, shape);
    case 'longrope':
      return longrope(scaling, shape, sequenceLength);
  }
}

/** theta ^ (2i / rotaryDim), in float32. */
function wavelengths(theta: number, rotaryDim: number): Float32Array {
  return Float32Array.from({ length: rotaryDim / 2 }, (_, pair) => theta ** Math.fround((2 * pair) / rotaryDim));
}

const inverseOf = (lengths: Float32Array): Float32Array => lengths.map((wavelength) => 1 / wavelength);

type Scaling<Type extends RopeScaling['rope_type']> = Extract<RopeScaling, { rope_type: Type }>;

/** Long waves are stretched by the factor, short ones are not, those between are blended. */
function llama3(scaling: Scaling<'llama3'>, inverse: Float32Array): Float32Array {
  const { factor, low_freq_factor: low, high_freq_factor: high, original_max_position_embeddings: length } = scaling;
  return inverse.map((frequency) => {
    const wavelength = (2 * Math.PI) / frequency;
    if (wavelength < length / high) return frequency;
    if (wavelength > length / low) return frequency / factor;
    const smooth = (length / wavelength - low) / (high - low);
    return ((1 - smooth) * frequency) / factor + smooth * frequency;
  });
}

/** @see https://arxiv.org/abs/2309.00071 */
function yarn(scaling: Scaling<'yarn'>, { theta, rotaryDim, trainedPositions }: RopeShape): RopeFrequencies {
  const length = scaling.original_max_position_embeddings;
  const factor = scaling.factor ?? trainedPositions / length;
  // The pair of dimensions that turns so many times within the trained length.
  const turning = (turns: number) => (rotaryDim * Math.log(length / (turns * 2 * Math.PI))) / (2 * Math.log(theta));
  const round = scaling.truncate ? { down: Math.floor, up: Math.ceil } : { down: Number, up: Number };
  const low = Math.max(round.down(turning(scaling.beta_fast ?? 32)), 0);
  const high = Math.min(round.up(turning(scaling.beta_slow ?? 1)), rotaryDim - 1);
  const width = low === high ? 0.001 : high - low;
  const inverse = wavelengths(theta, rotaryDim).map((wavelength, pair) => {
    const interpolated = Math.min(Math.max((pair - low) / width, 0), 1);
    return interpolated / (factor * wavelength) + (1 - interpolated) / wavelength;
  });
  return { inverse, attentionFactor: scaling.attention_factor ?? yarnAttentionFactor(scaling, factor) };
}

function yarnAttentionFactor({ mscale, mscale_all_dim: allDim }: Scaling<'yarn'>, factor: number): number {
  const grown = (scale: number) => (factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1);
  return mscale && allDim ? grown(mscale) / grown(allDim) : grown(1);
}

/** @see https://arxiv.org/abs/2402.13753 */
function longrope(scaling: Scaling<'longrope'>, shape: RopeShape, sequenceLength: number): RopeFrequencies {
  const length = scaling.original_max_position_embeddings;
  const factor = scaling.factor ?? shape.trainedPositions / length;
  const factors = sequenceLength > length ? scaling.long_factor : scaling.short_factor;
  const inverse = wavelengths(shape.theta, shape.rotaryDim).map(
    (wavelength, pair) => 1 / (Math.fround(factors[pair]!) * wavelength),
  );
  const grown = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(length));
  return { inverse, attentionFactor: scaling.attention_factor ?? grown };
}

/** Writes one position's cosines and sines.
 * @param cos [rotaryDim / 2], written; so is `sin` */
export function writeRotation(
  { inverse, attentionFactor }: RopeFrequencies,
  position: number,
  { cos, sin }: { cos: Float32Array; sin: Float32Array },
): void {
  for (let pair = 0; pair < inverse.length; pair++) {
    const angle = Math.fround(inverse[pair]! * position);
    cos[pair] = Math.cos(angle) * attentionFactor;
    sin[pair] = Math.sin(angle) * attentionFactor;
  }
}
