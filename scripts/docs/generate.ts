import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cliPage } from './cli-page.ts';
import { deploymentPage } from './deployment-page.ts';
import { endpointsPage } from './endpoints-page.ts';
import { errorsPage } from './errors-page.ts';
import { metricsPage } from './metrics-page.ts';
import { modelFamiliesPage } from './model-families-page.ts';
import { settingsPage } from './settings-page.ts';

const FOLDER = resolve(import.meta.dirname, '../../docs/reference');

const NOTICE = '<!-- Made by `npm run docs`. -->\n\n';

const pages = {
  'settings.md': settingsPage(),
  'cli.md': cliPage(),
  'endpoints.md': endpointsPage(),
  'errors.md': errorsPage(),
  'metrics.md': metricsPage(),
  'deployment.md': deploymentPage(),
  'model-families.md': modelFamiliesPage(),
};

const isCheck = process.argv.includes('--check');
const stale = Object.entries(pages).filter(([name, content]) => {
  const file = join(FOLDER, name);
  return !existsSync(file) || readFileSync(file, 'utf8') !== NOTICE + content;
});
if (!isCheck) for (const [name, content] of stale) writeFileSync(join(FOLDER, name), NOTICE + content);
for (const [name] of stale)
  console.log(`docs/reference/${name} ${isCheck ? 'is stale: run `npm run docs`' : 'is written'}`);
if (isCheck && stale.length > 0) process.exitCode = 1;
