import { float, type Value } from '../graph/graph-builder.ts';
import { cachedHeadDim } from '../kv-slots.ts';
import { type DecoderGraph, names } from './decoder-graph.ts';
import { linear } from './linear.ts';
import { rmsNorm } from './norm.ts';
import { rotate } from './rotary.ts';

export interface SelfAttentionOptions {
  readonly layer: number;
  /** Of the weights, such as `model.layers.0.self_attn`. */
  readonly name: string;
  readonly queryKeyValueBias?: boolean;
  readonly outputBias?: boolean;
  /** Norms each head of query and key by `….q_norm` and `….k_norm`. */
  readonly queryKeyNorm?: boolean;
  /** Positions that a token sees, itself included; all where it is left out. */
  readonly window?: number | undefined;
}

/** Grouped-query attention with rotary embeddings over the layer's KV cache, to which it adds.
 * @param x [T, hiddenSize] float32 @returns same shape */
export function selfAttention(model: DecoderGraph, x: Value, options: SelfAttentionOptions): Value {
  const { hiddenSize, numHeads, numKvHeads, headDim } = model.config;
  const { name, queryKeyValueBias: bias = false, queryKeyNorm = false } = options;
  const project = (which: string, heads: number) =>
    linear(model, x, { name: `${name}.${which}`, inputs: hiddenSize, outputs: heads * headDim, bias });
  const normed = (heads: Value, which: string) =>
    queryKeyNorm ? headNorm(model, heads, `${name}.${which}.weight`) : heads;
  const attended = cachedAttention(model, options, {
    query: normed(project('q_proj', numHeads), 'q_norm'),
    key: normed(project('k_proj', numKvHeads), 'k_norm'),
    value: project('v_proj', numKvHeads),
  });
  return linear(model, attended, {
    name: `${name}.o_proj`,
    inputs: numHeads * headDim,
    outputs: hiddenSize,
    bias: options.outputBias ?? false,
  });
}

/** @param x [T, heads · headDim] @returns [T · heads, headDim] */
function headNorm(model: DecoderGraph, x: Value, weightName: string): Value {
  const { headDim } = model.config;
  const heads = model.graph.node('Reshape', [x, model.graph.int64([-1, headDim])]);
  return rmsNorm(model, heads, weightName, headDim);
}

interface Heads {
  /** Elements in the order [T, heads, headDim] float32; so are `key` and `value`. */
  readonly query: Value;
  readonly key: Value;
  readonly value: Value;
}

/** @returns [T, heads · headDim] float32 */
function cachedAttention(
  model: DecoderGraph,
  { layer, window }: Pick<SelfAttentionOptions, 'layer' | 'window'>,
  { query, key, value }: Heads,
): Value {
  const { graph, config, inputs, rotary, maxPositions } = model;
  const { numHeads, numKvHeads, headDim } = config;
  const rotated = (x: Value) => (rotary.kind === 'rows' ? rotate(graph, bySequence(model, x), rotary) : x);
  const laidOut = (x: Value) => bySequence(model, padHeads(model, x));
  const tables = rotary.kind === 'tables' ? [rotary.cos, rotary.sin] : [];
  const cache = ['batch', numKvHeads, maxPositions, cachedHeadDim(headDim)];
  const attended = graph.uniqueName('attended');
  const presentKey = { name: names.presentKey(layer) };
  const presentValue = { name: names.presentValue(layer) };
  graph.nodeWithOutputs(
    'GroupQueryAttention',
    [
      laidOut(rotated(query)),
      laidOut(rotated(key)),
      laidOut(value),
      graph.input(names.pastKey(layer), 'float32', cache),
      graph.input(names.pastValue(layer), 'float32', cache),
      inputs.lastPositions,
      inputs.maxLength,
      ...tables,
    ],
    [attended, presentKey.name, presentValue.name],
    {
      domain: 'com.microsoft',
      attributes: {
        num_heads: numHeads,
        kv_num_heads: numKvHeads,
        do_rotary: tables.length > 0 ? 1 : 0,
        local_window_size: window ?? -1,
        scale: float(1 / Math.sqrt(headDim)),
      },
    },
  );
  graph.output(presentKey, 'float32', cache);
  graph.output(presentValue, 'float32', cache);
  return unpadHeads(model, { name: attended });
}

/** @returns [batch, sequence, elements of a token] */
function bySequence({ graph, inputs }: DecoderGraph, x: Value): Value {
  return graph.node('Reshape', [x, inputs.attentionShape]);
}

/** Widens each head by zeros, which add nothing to any product. */
function padHeads({ graph, config: { headDim } }: DecoderGraph, x: Value): Value {
  const padding = cachedHeadDim(headDim) - headDim;
  if (padding === 0) return x;
  const heads = graph.node('Reshape', [x, graph.int64([-1, headDim])]);
  return graph.node('Pad', [heads, graph.int64([0, 0, 0, padding])]);
}

/** @param x elements in the order [T, heads, cachedHeadDim] @returns [T, heads · headDim] */
function unpadHeads({ graph, config: { numHeads, headDim } }: DecoderGraph, x: Value): Value {
  const byToken = (heads: Value) => graph.node('Reshape', [heads, graph.int64([-1, numHeads * headDim])]);
  if (cachedHeadDim(headDim) === headDim) return byToken(x);
  const heads = graph.node('Reshape', [x, graph.int64([-1, cachedHeadDim(headDim)])]);
  return byToken(graph.node('Slice', [heads, graph.int64([0]), graph.int64([headDim]), graph.int64([1])]));
}
