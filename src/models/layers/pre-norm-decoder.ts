import type { Value } from '../graph/graph-builder.ts';
import type { DecoderGraph } from './decoder-graph.ts';
import { embedding } from './embedding.ts';
import { lmHead } from './lm-head.ts';
import { addAndNorm, type Residual } from './norm.ts';

/** What a family puts between the norms of each layer; `x` and the result are [T, hiddenSize] float32. */
export interface PreNormBlock {
  /** @param name of the layer's weights, such as `model.layers.0` */
  attention(x: Value, layer: number, name: string): Value;
  mlp(x: Value, layer: number, name: string): Value;
}

/** A decoder whose layers norm what they read from the residual, with the weight names of Llama's checkpoints. */
export function preNormDecoder(model: DecoderGraph, block: PreNormBlock): void {
  const { numLayers } = model.config;
  const { table, head } = vocabularyWeights(model);
  let residual: Residual = { sum: embedding(model, table) };
  for (let layer = 0; layer < numLayers; layer++) {
    const name = `model.layers.${layer}`;
    const first = addAndNorm(model, residual, `${name}.input_layernorm.weight`);
    const attended = { ...first.residual, update: block.attention(first.normed, layer, name) };
    const second = addAndNorm(model, attended, `${name}.post_attention_layernorm.weight`);
    residual = { ...second.residual, update: block.mlp(second.normed, layer, name) };
  }
  const { normed } = addAndNorm(model, residual, 'model.norm.weight');
  lmHead(model, normed, head);
}

/** The weights that tokens are looked up in and scored by. Tied ones are kept under either name; where a checkpoint has
 * both, they are not tied, whatever its config.json says, as transformers has it. */
function vocabularyWeights({ config, hasTensors }: DecoderGraph): { table: string; head: string } {
  const apart = { table: 'model.embed_tokens.weight', head: 'lm_head.weight' };
  if (!config.tiedEmbeddings) return apart;
  if (!hasTensors('lm_head.')) return { ...apart, head: apart.table };
  return hasTensors('model.embed_tokens.') ? apart : { ...apart, table: apart.head };
}
