import { z } from 'zod';
import { readModelConfig, servedOnlyAs } from '../config.ts';
import { selfAttention } from '../layers/attention.ts';
import { gatedMlp } from '../layers/gated-mlp.ts';
import { preNormDecoder } from '../layers/pre-norm-decoder.ts';
import type { Family } from './family.ts';

/** Transformers', where config.json leaves keys out. */
const defaults = { numKvHeads: 8 };
/** The same of `sliding_window`; null turns it off. */
const defaultWindow = 4096;

const schema = z.looseObject({
  sliding_window: z.int().positive().nullable().default(defaultWindow),
  attention_bias: servedOnlyAs(false),
});

/** Mistral 7B and its descendants, such as Zephyr: Llama with a sliding window.
 * @see https://arxiv.org/abs/2310.06825 */
export const mistral: Family = {
  name: 'mistral',
  architectures: ['MistralForCausalLM'],
  read(file) {
    const { sliding_window: window } = file.parse(schema);
    return {
      config: readModelConfig(file, defaults),
      build: (model) =>
        preNormDecoder(model, {
          attention: (x, layer, name) =>
            selfAttention(model, x, { layer, name: `${name}.self_attn`, window: window ?? undefined }),
          mlp: (x, _, name) => gatedMlp(model, x, { name: `${name}.mlp` }),
        }),
    };
  },
};
