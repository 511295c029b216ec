import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type ConfigFile, readConfigFile } from './config-file.ts';

const tokenId = z.int().min(0);
const schema = z.looseObject({ eos_token_id: z.union([tokenId, z.array(tokenId)]).nullish() });

const generationConfig = 'generation_config.json';

/** The ids that end a generation: generation_config.json's, else config.json's.
 * @throws invalid_checkpoint */
export async function eosTokenIds(folder: string, config: ConfigFile): Promise<readonly number[]> {
  const hasOwnFile = existsSync(path.join(folder, generationConfig));
  const ids = hasOwnFile ? (await readConfigFile(folder, generationConfig)).parse(schema).eos_token_id : undefined;
  const chosen = ids ?? config.parse(schema).eos_token_id ?? [];
  return typeof chosen === 'number' ? [chosen] : chosen;
}
