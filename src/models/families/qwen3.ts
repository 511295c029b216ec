import { z } from 'zod';
import { readModelConfig, switchedOff } from '../config.ts';
import { selfAttention } from '../layers/attention.ts';
import { gatedMlp } from '../layers/gated-mlp.ts';
import { preNormDecoder } from '../layers/pre-norm-decoder.ts';
import type { Family } from './family.ts';
import { qwenWindow } from './qwen-window.ts';

/** Transformers', where config.json leaves keys out. */
const defaults = { numKvHeads: 32, headDim: 128 };

const schema = z.looseObject({ attention_bias: switchedOff });

/** Dense Qwen 3: norms on the heads of query and key in place of biases.
 * @see https://arxiv.org/abs/2505.09388 */
export const qwen3: Family = {
  name: 'qwen3',
  architectures: ['Qwen3ForCausalLM'],
  read(file) {
    const { attention_bias: bias } = file.parse(schema);
    const window = qwenWindow(file);
    return {
      config: readModelConfig(file, defaults),
      build: (model) =>
        preNormDecoder(model, {
          attention: (x, layer, name) =>
            selfAttention(model, x, {
              layer,
              name: `${name}.self_attn`,
              queryKeyValueBias: bias,
              outputBias: bias,
              queryKeyNorm: true,
              window: window(layer),
            }),
          mlp: (x, _, name) => gatedMlp(model, x, { name: `${name}.mlp` }),
        }),
    };
  },
};
