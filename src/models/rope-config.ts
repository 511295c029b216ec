import { z } from 'zod';

/** How positions become rotations: the base, and a scaling that stretches it beyond the trained length. */
export interface RopeConfig {
  readonly theta: number;
  readonly scaling: RopeScaling;
}

export type RopeScaling = z.infer<typeof scalingSchema>;

const positive = z.number().positive();
const optionalPositive = positive.nullish();
const length = z.int().positive();

const commonSchema = z.looseObject({
  rope_theta: optionalPositive,
  partial_rotary_factor: z.literal(1, { error: 'only 1 is served' }).nullish(),
});

const scalingSchema = z.discriminatedUnion(
  'rope_type',
  [
    z.object({ rope_type: z.literal('default') }),
    z.object({ rope_type: z.literal('linear'), factor: positive }),
    z.object({ rope_type: z.literal('dynamic'), factor: positive }),
    z.object({
      rope_type: z.literal('yarn'),
      factor: optionalPositive,
      original_max_position_embeddings: length,
      attention_factor: optionalPositive,
      beta_fast: optionalPositive,
      beta_slow: optionalPositive,
      mscale: z.number().nullish(),
      mscale_all_dim: z.number().nullish(),
      truncate: z.boolean().default(true),
    }),
    z.object({
      rope_type: z.literal('llama3'),
      factor: positive,
      low_freq_factor: positive,
      high_freq_factor: positive,
      original_max_position_embeddings: length,
    }),
    z.object({
      rope_type: z.literal('longrope'),
      factor: optionalPositive,
      attention_factor: optionalPositive,
      original_max_position_embeddings: length,
      short_factor: z.array(positive),
      long_factor: z.array(positive),
    }),
  ],
  { error: 'expected one of default, linear, dynamic, yarn, llama3, longrope' },
);

/** What a config.json says of rotary embeddings, in the older form (`rope_theta` beside `rope_scaling`) or the newer
 * (`rope_parameters`), with transformers' defaults and precedence. */
export const ropeSchema = commonSchema
  .extend({
    rope_scaling: z.record(z.string(), z.unknown()).nullish(),
    rope_parameters: z.record(z.string(), z.unknown()).nullish(),
    original_max_position_embeddings: length.nullish(),
    max_position_embeddings: length,
  })
  .transform((raw, context): RopeConfig => {
    const key = Object.keys(raw.rope_scaling ?? {}).length > 0 ? 'rope_scaling' : 'rope_parameters';
    const parameters: Record<string, unknown> = raw[key] ?? {};
    for (const [name, input] of Object.entries(parameters).filter(([, value]) => isObject(value))) {
      const message = 'only one embedding for all layers is served';
      context.addIssue({ code: 'invalid_value', values: [], input, path: [key, name], message });
    }
    const common = commonSchema.safeParse(parameters);
    const scaling = scalingSchema.safeParse({
      ...parameters,
      rope_type: parameters.rope_type ?? parameters.type ?? 'default',
      original_max_position_embeddings:
        raw.original_max_position_embeddings ??
        parameters.original_max_position_embeddings ??
        raw.max_position_embeddings,
    });
    const isOlder = parameters.rope_type == null && parameters.type != null;
    const spelled = (name: PropertyKey) => (isOlder && name === 'rope_type' ? 'type' : name);
    for (const issue of [...(common.error?.issues ?? []), ...(scaling.error?.issues ?? [])])
      context.addIssue({ ...issue, path: [key, ...issue.path.map(spelled)] });
    if (!scaling.success || !common.success || context.issues.length > 0) return z.NEVER;
    return { theta: common.data.rope_theta ?? raw.rope_theta ?? 10_000, scaling: scaling.data };
  });

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
