import type { Value } from '../graph/graph-builder.ts';
import type { DecoderGraph } from './decoder-graph.ts';

export interface LinearOptions {
  /** Of the weight [outputs, inputs] `….weight` and, with a bias, `….bias` [outputs]. */
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly bias?: boolean;
}

/** @param x [T, inputs] float32 @returns [T, outputs] float32 */
export function linear(model: DecoderGraph, x: Value, { name, inputs, outputs, bias = false }: LinearOptions): Value {
  const weight = model.weight(`${name}.weight`, [outputs, inputs]);
  const biases = bias ? [model.weight(`${name}.bias`, [outputs])] : [];
  return model.graph.node('Gemm', [x, weight, ...biases], { attributes: { transB: 1 } });
}
