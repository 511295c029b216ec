import { z } from 'zod';
import type { ConfigFile } from '../config-file.ts';
import { type Quantisation, quantisations } from './quantisation.ts';

/** How 32-bit words hold the levels of a linear weight. */
export interface IntegerLayout {
  /** `gptq` packs levels along the inputs, `awq` along the outputs, eight in the order 0 2 4 6 1 3 5 7. */
  readonly kind: 'gptq' | 'awq';
  readonly bits: 2 | 3 | 4 | 8;
  /** Inputs that share a scale; undefined: all. */
  readonly groupSize: number | undefined;
  /** What is added to a stored zero point. */
  readonly zeroOffset: 0 | 1;
  /** Whether the groups are of inputs that don't follow one another. */
  readonly isActOrder: boolean;
}

/** How a checkpoint stores the weights of its linear layers. */
export type WeightFormat =
  | { readonly kind: 'floats' }
  | IntegerLayout
  /** As this program packs them. */
  | { readonly kind: 'packed'; readonly quantisation: Quantisation };

/** The version of what `parlance quantize` writes. */
export const packedVersion = 1;

const groupSize = z
  .literal(-1)
  .transform(() => undefined)
  .or(z.int().positive());

const schema = z.looseObject({
  quantization_config: z
    .discriminatedUnion('quant_method', [
      z.looseObject({
        quant_method: z.literal('gptq'),
        bits: z.literal([2, 3, 4, 8]),
        group_size: groupSize,
        desc_act: z.boolean().default(false),
        checkpoint_format: z.enum(['gptq', 'gptq_v2']).default('gptq'),
      }),
      z.looseObject({
        quant_method: z.literal('awq'),
        bits: z.literal(4),
        group_size: groupSize,
        version: z.string().toLowerCase().pipe(z.literal('gemm')).default('gemm'),
      }),
      z.looseObject({
        quant_method: z.literal('parlance'),
        quantisation: z.enum(quantisations),
        version: z.literal(packedVersion),
      }),
    ])
    .nullish(),
});

/** Reads config.json's quantization_config.
 * @throws unsupported_model, invalid_checkpoint */
export function readWeightFormat(file: ConfigFile): WeightFormat {
  const config = file.parse(schema).quantization_config ?? undefined;
  if (config === undefined) return { kind: 'floats' };
  if (config.quant_method === 'parlance') return { kind: 'packed', quantisation: config.quantisation };
  const shared = { bits: config.bits, groupSize: config.group_size };
  if (config.quant_method === 'awq') return { kind: 'awq', ...shared, zeroOffset: 0, isActOrder: false };
  const zeroOffset = config.checkpoint_format === 'gptq_v2' ? 0 : 1;
  return { kind: 'gptq', ...shared, zeroOffset, isActOrder: config.desc_act };
}
