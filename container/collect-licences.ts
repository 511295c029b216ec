/** Writes the licence of every package in node_modules into one file, THIRD-PARTY-LICENCES.txt. Fails for a package that
 * names none. */
import { globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { readonly type: string };
  readonly author?: string | { readonly name: string };
}

function entryOf(manifest: string): string {
  const { name, version, license, author }: Package = JSON.parse(readFileSync(manifest, 'utf8'));
  const licence = typeof license === 'object' ? license.type : license;
  if (licence === undefined) throw new Error(`${name} ${version} names no licence`);
  const folder = dirname(manifest);
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice|thirdpartynotices)(\W|$)/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const by = typeof author === 'object' ? author.name : author;
  return [`${name} ${version}: ${licence}${by ? `, by ${by}` : ''}`, ...texts].join('\n\n');
}

const LINE = `\n\n${'='.repeat(80)}\n\n`;
// Folders below a package's own, which tell its modules' kind, have manifests without a name.
const manifests = globSync('node_modules/**/package.json').filter((path) =>
  /node_modules\/(@[^/]+\/)?[^/]+\/[^/]+$/.test(path),
);
writeFileSync('THIRD-PARTY-LICENCES.txt', `${manifests.sort().map(entryOf).join(LINE)}\n`);
console.log(`${manifests.length} packages`);
