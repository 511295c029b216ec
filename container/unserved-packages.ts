/** Prints the packages in package.json's dependencies that no file of the serving program imports, one a line. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SOURCE = 'src';

/** What a file names: modules that it imports while it runs, or whose files it finds. */
function namedBy(file: string): string[] {
  const statements = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) (?!type )[^;]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)|\.resolve\('([^']+)'\)/gm,
  );
  return [...statements].map((match) => match.slice(1).find((name) => name !== undefined)!);
}

/** Packages named by `entries` and by all files that they import. */
function packagesOf(entries: readonly string[]): Set<string> {
  const packages = new Set<string>();
  const seen = new Set(entries);
  // A set's iteration meets what is added on the way.
  for (const file of seen) {
    for (const name of namedBy(file)) {
      if (name.startsWith('.')) seen.add(join(dirname(file), name));
      else packages.add(name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
    }
  }
  const missing = [...seen].filter((file) => !existsSync(file));
  if (missing.length > 0) throw new Error(`imported, but not there: ${missing.join(', ')}`);
  return packages;
}

const entries = ['cli/serving-program.ts', 'cli/run-program.ts'].map((file) => join(SOURCE, file));
const served = packagesOf([...entries, ...globSync(`${SOURCE}/**/*-worker.ts`)]);
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
console.log(
  Object.keys(dependencies)
    .filter((name) => !served.has(name))
    .join('\n'),
);
