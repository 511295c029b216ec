/** What cdk.json runs: synthesises the endpoints of parlance.config.ts, or the one of the context. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ParlanceError } from '../src/errors/errors.ts';
import { createApp } from './create-app.ts';
import type { ParlanceConfig } from './define-config.ts';

async function readConfig(): Promise<ParlanceConfig | undefined> {
  const file = resolve('parlance.config.ts');
  if (!existsSync(file)) return undefined;
  const { default: config } = (await import(pathToFileURL(file).href)) as { default?: ParlanceConfig };
  if (!Array.isArray(config?.endpoints))
    throw new ParlanceError(
      'invalid_setting',
      'parlance.config.ts has no default export with endpoints: write export default defineConfig({ endpoints: [{ … }] })',
    );
  return config;
}

try {
  createApp(await readConfig()).synth();
} catch (error) {
  process.exitCode = 1;
  if (error instanceof ParlanceError) process.stderr.write(`error: ${error.message}\n`);
  else throw error;
}
