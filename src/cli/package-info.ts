import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of this package, whether it runs from source or built. */
export const packageRoot = fileURLToPath(new URL('../..', import.meta.url));

/** The version in package.json. */
export const packageVersion: string = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
).version;
