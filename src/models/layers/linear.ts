import type { Value } from '../graph/graph-builder.ts';
import type { DecoderGraph, Multiply } from './decoder-graph.ts';

export interface LinearOptions {
  /** Of the weight [outputs, inputs] `….weight` and, with a bias, `….bias` [outputs]. */
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly bias?: boolean;
}

/** @param x [T, inputs] float32 @returns [T, outputs] float32 */
export function linear(model: DecoderGraph, x: Value, { name, inputs, outputs, bias = false }: LinearOptions): Value {
  const weight = { name: `${name}.weight`, outputs, inputs, isHead: false };
  return model.multiply(model, x, { weight, ...(bias && { bias: model.weight(`${name}.bias`, [outputs]) }) });
}

/** Multiplies by a weight in float32. */
export const multiplyFloats: Multiply = (model, x, { weight: { name, outputs, inputs }, bias, result }) => {
  const weight = model.weight(name, [outputs, inputs]);
  const biases = bias === undefined ? [] : [bias];
  return model.graph.node('Gemm', [x, weight, ...biases], { attributes: { transB: 1 } }, result);
};
