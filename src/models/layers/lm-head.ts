import type { Value } from '../graph/graph-builder.ts';
import { type DecoderGraph, names } from './decoder-graph.ts';

/** Adds the graph's outputs: the logits of the wanted tokens, and log Σ exp of each row.
 * @param x [T, hiddenSize] float32, normed @param weightName of the weight [vocabSize, hiddenSize] */
export function lmHead(model: DecoderGraph, x: Value, weightName: string): void {
  const { graph, inputs, config } = model;
  const wanted = graph.node('Gather', [x, inputs.logitRows]);
  const weight = { name: weightName, outputs: config.vocabSize, inputs: config.hiddenSize, isHead: true };
  const logits = model.multiply(model, wanted, { weight, result: names.logits });
  const sums = graph.node(
    'ReduceLogSumExp',
    [logits, graph.int64([1])],
    { attributes: { keepdims: 0 } },
    names.logSumExp,
  );
  graph.output(logits, 'float32', ['rows', config.vocabSize]);
  graph.output(sums, 'float32', ['rows']);
}
