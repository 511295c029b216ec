import { z } from 'zod';
import { documented } from './documented.ts';
import { flag, optional, seed, signedInteger, stopTexts, unsignedInteger } from './fields.ts';
import { grammarSchema } from './grammar.ts';

const aboveZero = documented(z.number(), { exclusiveMinimum: 0 });
const mass = documented(z.number(), { exclusiveMinimum: 0, maximum: 1 });

/** TGI's `parameters`. Ranges are checked later, in TGI's order and words. */
const generateParametersSchema = z
  .object({
    best_of: optional(documented(unsignedInteger, ({ maxBestOf }) => ({ minimum: 1, maximum: maxBestOf }))).meta({
      description: 'Generates so many sequences and gives the likeliest.',
    }),
    temperature: optional(aboveZero).meta({ description: 'Divides the logits; above 0.' }),
    repetition_penalty: optional(aboveZero).meta({ description: '1 is none. https://arxiv.org/abs/1909.05858' }),
    frequency_penalty: optional(documented(z.number(), { minimum: -2, maximum: 2 })).meta({
      description: 'Penalty by how often a token is in the text, −2 to 2.',
    }),
    top_k: optional(documented(signedInteger, { minimum: 1 })).meta({
      description: 'Keeps the so many likeliest tokens.',
    }),
    top_p: optional(mass).meta({ description: 'Keeps the likeliest tokens of this mass, above 0; 1 is off.' }),
    typical_p: optional(mass).meta({
      description: 'Typical decoding mass, above 0; 1 is off. https://arxiv.org/abs/2202.00666',
    }),
    do_sample: flag.meta({ description: 'Draws tokens instead of taking the likeliest.' }),
    max_new_tokens: optional(
      documented(unsignedInteger, ({ maxNewTokens }) => ({ minimum: 1, maximum: maxNewTokens })),
    ).meta({
      description: 'Tokens at most; as many as fit where it is left out.',
    }),
    return_full_text: optional(z.boolean()).meta({ description: 'Puts the prompt before the text.' }),
    stop: optional(stopTexts).meta({ description: 'Texts that end the generation.' }),
    truncate: optional(
      documented(unsignedInteger, ({ maxInputTokens }) => ({ minimum: 1, maximum: maxInputTokens })),
    ).meta({ description: 'Keeps the last so many tokens of the prompt.' }),
    watermark: flag.meta({ description: 'https://arxiv.org/abs/2301.10226' }),
    details: flag.meta({ description: 'Adds tokens, seed and finish reason.' }),
    decoder_input_details: flag.meta({ description: 'Adds the tokens of the prompt.' }),
    seed: optional(seed).meta({ description: 'Makes sampling repeatable.' }),
    top_n_tokens: optional(documented(unsignedInteger, ({ maxTopNTokens }) => ({ maximum: maxTopNTokens }))).meta({
      description: 'Adds the so many likeliest tokens at each step.',
    }),
    grammar: optional(grammarSchema).meta({
      description: 'Constrains the text: {type: json | regex | json_schema, value}.',
    }),
    adapter_id: optional(z.string()).meta({ description: 'LoRA adapter; "None" is none.' }),
  })
  .meta({ id: 'GenerateParameters' });

type GenerateParameters = z.output<typeof generateParametersSchema>;

/** What TGI takes where `parameters` is left out: sampling, unlike `{}`. */
const defaultParameters: GenerateParameters = { ...generateParametersSchema.parse({}), do_sample: true };

const inputs = documented(z.string(), { minLength: 1 }).meta({
  description: 'The prompt.',
  example: 'My name is Olivier and I',
});

/** The field `parameters`; left out it is not the same as empty. */
export const generateParametersField = generateParametersSchema
  .nullish()
  .transform((value) => value ?? defaultParameters);

export const generateRequestSchema = z
  .object({ inputs, parameters: generateParametersField })
  .meta({ id: 'GenerateRequest' });

export type GenerateRequest = z.output<typeof generateRequestSchema>;

/** The body of `/` and of /invocations. */
export const compatGenerateRequestSchema = z
  .object({
    inputs,
    parameters: generateParametersField,
    stream: flag.meta({ description: 'Answers token by token.' }),
  })
  .meta({ id: 'CompatGenerateRequest' });
