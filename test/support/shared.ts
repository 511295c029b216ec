import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of shared goldens: PARLANCE_SHARED, or `shared` beside the repository.
 * @throws where it is missing: a test that needs it fails, it is never skipped */
export function sharedFolder(): string {
  const folder = resolve(process.env.PARLANCE_SHARED ?? join(import.meta.dirname, '../../../shared'));
  if (!existsSync(join(folder, 'fixtures'))) {
    throw new Error(`no shared folder at ${folder}: set PARLANCE_SHARED to the folder that holds fixtures/`);
  }
  return folder;
}
