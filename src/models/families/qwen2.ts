import { readModelConfig } from '../config.ts';
import { selfAttention } from '../layers/attention.ts';
import { gatedMlp } from '../layers/gated-mlp.ts';
import { preNormDecoder } from '../layers/pre-norm-decoder.ts';
import type { Family } from './family.ts';
import { qwenWindow } from './qwen-window.ts';

/** Transformers', where config.json leaves keys out. */
const defaults = { numKvHeads: 32 };

/** Qwen 1.5, 2 and 2.5: Llama with biases on query, key and value.
 * @see https://arxiv.org/abs/2407.10671 */
export const qwen2: Family = {
  name: 'qwen2',
  architectures: ['Qwen2ForCausalLM'],
  read(file) {
    const window = qwenWindow(file);
    return {
      config: readModelConfig(file, defaults),
      build: (model) =>
        preNormDecoder(model, {
          attention: (x, layer, name) =>
            selfAttention(model, x, {
              layer,
              name: `${name}.self_attn`,
              queryKeyValueBias: true,
              window: window(layer),
            }),
          mlp: (x, _, name) => gatedMlp(model, x, { name: `${name}.mlp` }),
        }),
    };
  },
};
