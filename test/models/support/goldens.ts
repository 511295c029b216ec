import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

export const floats = z.string().transform((text) => {
  const bytes = Buffer.from(text, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
});

const tokenLogprob = z.tuple([z.number(), z.number()]);

const schema = z.object({
  name: z.string(),
  eos_token_ids: z.array(z.number()),
  model_vocab_size: z.number(),
  min_greedy_margin: z.number(),
  prompts: z.array(
    z.object({
      ids: z.array(z.number()),
      prefill_logprobs: z.array(z.number().nullable()),
      last_logits: floats,
      greedy: z.object({
        ids: z.array(z.number()),
        logprobs: z.array(z.number()),
        top5: z.array(z.array(tokenLogprob)),
        finish_reason: z.enum(['length', 'eos_token']),
      }),
    }),
  ),
});

export type Goldens = z.infer<typeof schema>;
export type GoldenPrompt = Goldens['prompts'][number];

export interface GoldenModel {
  readonly folder: string;
  readonly goldens: Goldens;
}

export const fixtureModels = path.resolve(import.meta.dirname, '../../fixtures/models');

/** The goldens of each model of these architectures in a folder of models. */
export function goldenModels(modelsFolder: string, architectures: readonly string[]): GoldenModel[] {
  return readdirSync(modelsFolder)
    .map((name) => path.join(modelsFolder, name))
    .filter((folder) => existsSync(path.join(folder, 'goldens.json')) && isOf(folder, architectures))
    .map((folder) => ({ folder, goldens: readGoldens(folder) }));
}

const configSchema = z.looseObject({ architectures: z.array(z.string()), quantization_config: z.unknown().optional() });

function isOf(folder: string, architectures: readonly string[]): boolean {
  const config = configSchema.parse(JSON.parse(readFileSync(path.join(folder, 'config.json'), 'utf8')));
  return config.quantization_config === undefined && config.architectures.some((name) => architectures.includes(name));
}

export function readGoldens(folder: string): Goldens {
  return schema.parse(JSON.parse(readFileSync(path.join(folder, 'goldens.json'), 'utf8')));
}
