import { elementTypes } from '../../runtime/element-types.ts';
import { type Checkpoint, weight } from '../checkpoint.ts';
import type { ModelConfig } from '../config.ts';
import { GraphBuilder, type Value } from '../graph/graph-builder.ts';
import { storedTypes } from '../safetensors.ts';
import type { Product } from './product.ts';
import { needsRotaryRows, type Rotary, rotaryInputs, rotaryTables } from './rotary.ts';

/** Names of a decoder graph's inputs and outputs. Tokens of all sequences follow one another: T = batch · sequence. */
export const names = {
  /** int64 [T] */
  tokens: 'tokens',
  /** int64 [3]: batch, sequence, −1 */
  attentionShape: 'attention_shape',
  /** int32 [batch]: positions of each row, the new tokens included, less one */
  lastPositions: 'last_positions',
  /** int32 [1]: the most positions of any row */
  maxLength: 'max_length',
  /** int64 [rows]: the tokens whose logits are wanted */
  logitRows: 'logit_rows',
  /** float32 [rows, vocabSize] */
  logits: 'logits',
  /** float32 [rows] */
  logSumExp: 'log_sum_exp',
  pastKey: (layer: number) => `past_key_${layer}`,
  pastValue: (layer: number) => `past_value_${layer}`,
  presentKey: (layer: number) => `present_key_${layer}`,
  presentValue: (layer: number) => `present_value_${layer}`,
};

/** Adds the nodes of a product, in the form that its weight is kept in.
 * @param x [T, inputs] float32 @returns [T, outputs] float32 */
export type Multiply = (model: DecoderGraph, x: Value, product: Product) => Value;

export interface DecoderGraphOptions {
  readonly config: ModelConfig;
  readonly checkpoint: Checkpoint;
  /** Positions that the KV cache has room for. */
  readonly maxPositions: number;
  readonly multiply: Multiply;
}

/** A decoder's graph while its layers are added: what every layer needs. */
export interface DecoderGraph {
  readonly graph: GraphBuilder;
  readonly config: ModelConfig;
  readonly maxPositions: number;
  readonly inputs: {
    readonly tokens: Value;
    readonly attentionShape: Value;
    readonly lastPositions: Value;
    readonly maxLength: Value;
    readonly logitRows: Value;
  };
  readonly rotary: Rotary;
  /** Multiplies by a linear layer's weight. */
  readonly multiply: Multiply;
  /** Whether the checkpoint has tensors whose names begin so: a weight, in whatever form it is kept. */
  hasTensors(prefix: string): boolean;
  /** A weight in float32. @throws invalid_checkpoint */
  weight(name: string, shape: readonly number[]): Value;
  /** A weight as it is stored. @throws invalid_checkpoint */
  storedWeight(name: string, shape: readonly number[]): Value;
}

export function decoderGraph(options: DecoderGraphOptions): DecoderGraph {
  const { config, checkpoint, maxPositions, multiply } = options;
  const graph = new GraphBuilder();
  const inputs = {
    tokens: graph.input(names.tokens, 'int64', ['tokens']),
    attentionShape: graph.input(names.attentionShape, 'int64', [3]),
    lastPositions: graph.input(names.lastPositions, 'int32', ['batch']),
    maxLength: graph.input(names.maxLength, 'int32', [1]),
    logitRows: graph.input(names.logitRows, 'int64', ['rows']),
  };
  const shape = ropeShape(config);
  const rotary = needsRotaryRows(shape, maxPositions)
    ? rotaryInputs(graph, shape)
    : rotaryTables(graph, shape, maxPositions);
  const storedWeight = (name: string, shape: readonly number[]) => {
    const tensor = weight(checkpoint, name, shape);
    return graph.externalInitializer(name, storedTypes[tensor.dtype], shape, tensor);
  };
  const floats = new Map<string, Value>();
  return {
    graph,
    config,
    maxPositions,
    inputs,
    rotary,
    multiply,
    hasTensors: (prefix) => [...checkpoint.tensors.keys()].some((name) => name.startsWith(prefix)),
    storedWeight,
    weight(name, shape) {
      const stored = storedWeight(name, shape);
      if (weight(checkpoint, name, shape).dtype === 'F32') return stored;
      // ONNX Runtime folds this when it loads the graph: the CPU multiplies float32 only.
      const known = floats.get(name);
      if (known !== undefined) return known;
      const cast = toFloat32(graph, stored, `${name}.float32`);
      floats.set(name, cast);
      return cast;
    },
  };
}

/** The rotary embedding of a decoder that rotates whole heads. */
export function ropeShape({ rope, headDim, maxPositions }: ModelConfig) {
  return { ...rope, rotaryDim: headDim, trainedPositions: maxPositions };
}

export function toFloat32(graph: GraphBuilder, value: Value, name?: string): Value {
  return graph.node('Cast', [value], { attributes: { to: elementTypes.float32.code } }, name);
}
