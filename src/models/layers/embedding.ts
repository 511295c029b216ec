import type { Value } from '../graph/graph-builder.ts';
import { type DecoderGraph, toFloat32 } from './decoder-graph.ts';

/** Looks tokens up in the table as it is stored, so that it stays mapped from its file.
 * @param weightName of the table [vocabSize, hiddenSize] @returns [T, hiddenSize] float32 */
export function embedding(model: DecoderGraph, weightName: string): Value {
  const { vocabSize, hiddenSize } = model.config;
  const table = model.storedWeight(weightName, [vocabSize, hiddenSize]);
  return toFloat32(model.graph, model.graph.node('Gather', [table, model.inputs.tokens]));
}
