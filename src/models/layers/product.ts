import type { Value } from '../graph/graph-builder.ts';

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
