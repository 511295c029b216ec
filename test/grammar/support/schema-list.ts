import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../schemas');

interface NamedSchema {
  readonly name: string;
  readonly schema: unknown;
}

/** Every schema of the list: one file for each kind. */
export const schemaList: readonly NamedSchema[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json') && !file.startsWith('tools'))
  .flatMap((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as NamedSchema[]);
