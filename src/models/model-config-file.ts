import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type ConfigFile, configFile, readConfigFile } from './config-file.ts';

const anything = z.looseObject({});
const schema = z.looseObject({ quantization_config: z.unknown().optional() });

/** Where AutoGPTQ and AutoAWQ used to say what config.json's `quantization_config` says now, and TGI still finds it. */
const olderFiles = {
  'quantize_config.json': anything.transform((values) => ({ quant_method: 'gptq', ...values })),
  'quant_config.json': anything.transform(({ w_bit: bits, q_group_size: group_size, ...values }) => ({
    quant_method: 'awq',
    bits,
    group_size,
    ...values,
  })),
};

/** Reads a checkpoint's config.json, with the `quantization_config` of an older file where it has none.
 * @throws invalid_checkpoint where it, or the older file, is no JSON object */
export async function readModelConfigFile(folder: string): Promise<ConfigFile> {
  const file = await readConfigFile(folder, 'config.json');
  if (file.parse(schema).quantization_config != null) return file;
  for (const [name, values] of Object.entries(olderFiles)) {
    if (!existsSync(path.join(folder, name))) continue;
    const quantization_config = (await readConfigFile(folder, name)).parse<unknown>(values);
    return configFile(file.file, { ...file.parse(anything), quantization_config });
  }
  return file;
}
