import type { Checkpoint } from '../checkpoint.ts';
import type { Decoder } from '../families/family.ts';
import { decoderGraph } from '../layers/decoder-graph.ts';
import { multiplyFloats } from '../layers/linear.ts';
import type { LinearWeight } from '../layers/product.ts';

/** The weights that a decoder's graph asks for, by name. */
export interface WeightList {
  readonly linear: ReadonlyMap<string, LinearWeight>;
  /** Computed with in float32: norms and biases. Values are shapes. */
  readonly float: ReadonlyMap<string, readonly number[]>;
  /** Read as they are stored: embeddings. Values are shapes. */
  readonly stored: ReadonlyMap<string, readonly number[]>;
}

/** Builds a decoder's graph to see what it asks for. Linear weights need not be in the checkpoint under their names.
 * @throws invalid_checkpoint for any other that is missing or misshapen */
export function listWeights(decoder: Decoder, checkpoint: Checkpoint): WeightList {
  const linear = new Map<string, LinearWeight>();
  const float = new Map<string, readonly number[]>();
  const stored = new Map<string, readonly number[]>();
  const model = decoderGraph({ config: decoder.config, checkpoint, maxPositions: 1, multiply: multiplyFloats });
  decoder.build({
    ...model,
    weight(name, shape) {
      float.set(name, shape);
      return model.weight(name, shape);
    },
    storedWeight(name, shape) {
      stored.set(name, shape);
      return model.storedWeight(name, shape);
    },
    multiply({ graph }, x, { weight, result }) {
      linear.set(weight.name, weight);
      return graph.node('Identity', [x], {}, result);
    },
  });
  return { linear, float, stored };
}
