import { float, type Value } from '../graph/graph-builder.ts';
import type { DecoderGraph } from './decoder-graph.ts';
import { linear } from './linear.ts';

export interface GatedMlpOptions {
  /** Of the weights, such as `model.layers.0.mlp`. */
  readonly name: string;
  readonly bias?: boolean;
}

/** down(SiLU(gate(x)) · up(x)).
 * @param x [T, hiddenSize] float32 @returns same shape
 * @see https://arxiv.org/abs/2002.05202 */
export function gatedMlp(model: DecoderGraph, x: Value, { name, bias = false }: GatedMlpOptions): Value {
  const { hiddenSize, intermediateSize } = model.config;
  const widen = (which: string) =>
    linear(model, x, { name: `${name}.${which}`, inputs: hiddenSize, outputs: intermediateSize, bias });
  const product = model.graph.node('Mul', [silu(model, widen('gate_proj')), widen('up_proj')]);
  return linear(model, product, { name: `${name}.down_proj`, inputs: intermediateSize, outputs: hiddenSize, bias });
}

/** x · sigmoid(x), which is QuickGelu at alpha 1: one kernel where Sigmoid and Mul are two. */
function silu({ graph }: DecoderGraph, x: Value): Value {
  return graph.node('QuickGelu', [x], { domain: 'com.microsoft', attributes: { alpha: float(1) } });
}
