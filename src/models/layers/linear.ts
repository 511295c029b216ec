import type { Value } from '../graph/graph-builder.ts';
import type { DecoderGraph } from './decoder-graph.ts';

/** A weight [outputs, inputs] that layers multiply by. */
export interface LinearWeight {
  /** In the checkpoint, such as `model.layers.0.mlp.up_proj.weight`. */
  readonly name: string;
  readonly outputs: number;
  readonly inputs: number;
  /** Whether its products are the logits. */
  readonly isHead: boolean;
}

/** A product of a weight. */
export interface Product {
  readonly weight: LinearWeight;
  /** [outputs], added to the product */
  readonly bias?: Value;
  /** The name to give the product. */
  readonly result?: string;
}

/** Adds the nodes of a product, in the form that its weight is kept in.
 * @param x [T, inputs] float32 @returns [T, outputs] float32 */
export type Multiply = (model: DecoderGraph, x: Value, product: Product) => Value;

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
