import { float, type Value } from '../graph/graph-builder.ts';
import type { DecoderGraph } from './decoder-graph.ts';

/** Root mean square norm over the last dimension.
 * @param x […, size] float32 @param weightName of a weight [size] @returns same shape as x
 * @see https://arxiv.org/abs/1910.07467 */
export function rmsNorm(model: DecoderGraph, x: Value, weightName: string, size = model.config.hiddenSize): Value {
  return model.graph.node('SimplifiedLayerNormalization', [x, model.weight(weightName, [size])], {
    attributes: { axis: -1, epsilon: float(model.config.normEpsilon), stash_type: 1 },
  });
}

/** What runs past the layers of a decoder: a sum, and what the last layer adds to it. */
export interface Residual {
  /** [T, hiddenSize] float32, as is `update` */
  readonly sum: Value;
  readonly update?: Value;
}

/** Adds the update and norms the sum, in one kernel.
 * @returns the normed sum, and the sum that runs on */
export function addAndNorm(
  model: DecoderGraph,
  { sum, update }: Residual,
  weightName: string,
): { normed: Value; residual: Residual } {
  if (update === undefined) return { normed: rmsNorm(model, sum, weightName), residual: { sum } };
  const { graph, config } = model;
  const [normed, added] = [graph.uniqueName('normed'), graph.uniqueName('residual')];
  const inputs = [sum, update, model.weight(weightName, [config.hiddenSize])];
  graph.nodeWithOutputs('SkipSimplifiedLayerNormalization', inputs, [normed, '', '', added], {
    domain: 'com.microsoft',
    attributes: { epsilon: float(config.normEpsilon) },
  });
  return { normed: { name: normed }, residual: { sum: { name: added } } };
}
