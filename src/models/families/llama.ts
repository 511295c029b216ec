import { z } from 'zod';
import { readModelConfig, switchedOff } from '../config.ts';
import { selfAttention } from '../layers/attention.ts';
import { gatedMlp } from '../layers/gated-mlp.ts';
import { preNormDecoder } from '../layers/pre-norm-decoder.ts';
import type { Family } from './family.ts';

const schema = z.looseObject({
  attention_bias: switchedOff,
  mlp_bias: switchedOff,
});

/** Llama 1 to 3, and what shares its architecture.
 * @see https://arxiv.org/abs/2407.21783 */
export const llama: Family = {
  name: 'llama',
  architectures: ['LlamaForCausalLM'],
  read(file) {
    const { attention_bias: attentionBias, mlp_bias: mlpBias } = file.parse(schema);
    return {
      config: readModelConfig(file),
      build: (model) =>
        preNormDecoder(model, {
          attention: (x, layer, name) =>
            selfAttention(model, x, {
              layer,
              name: `${name}.self_attn`,
              queryKeyValueBias: attentionBias,
              outputBias: attentionBias,
            }),
          mlp: (x, _, name) => gatedMlp(model, x, { name: `${name}.mlp`, bias: mlpBias }),
        }),
    };
  },
};
