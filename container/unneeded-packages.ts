/** Prints packages in package.json that the image does without, one a line:
 *   node unneeded-packages.ts build   those that compiling the program doesn't take
 *   node unneeded-packages.ts serve   those of dependencies that no file of the serving program imports */
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

/** What tsc needs beside the program's own packages. */
const isForCompiling = (name: string) => name === 'typescript' || name.startsWith('@types/');

const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const unneeded: Readonly<Record<string, () => string[]>> = {
  build: () => Object.keys(devDependencies).filter((name) => !isForCompiling(name)),
  serve() {
    const entries = ['cli/serving-program.ts', 'cli/process/run-program.ts'].map((file) => join(SOURCE, file));
    const served = packagesOf([...entries, ...globSync(`${SOURCE}/**/*-worker.ts`)]);
    return Object.keys(dependencies).filter((name) => !served.has(name));
  },
};
const list = unneeded[process.argv[2] ?? ''];
if (list === undefined) throw new Error(`give one of ${Object.keys(unneeded).join(', ')}`);
console.log(list().join('\n'));
