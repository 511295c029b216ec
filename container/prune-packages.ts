/** Removes from node_modules what this platform never loads: 417 MB become 90. Fails where a rule finds nothing to
 * remove, since then a package has changed its layout. */
import { globSync, rmSync, statSync } from 'node:fs';

const { platform, arch } = process;

interface Rule {
  readonly remove: string;
  readonly keep: (path: string) => boolean;
}

const NONE = () => false;

const RULES: readonly Rule[] = [
  // ONNX Runtime for the other platforms, 243 MB.
  {
    remove: 'node_modules/onnxruntime-node/bin/*/*/*/*',
    keep: (path) => path.includes(`/${platform}/${arch}/`),
  },
  {
    remove: 'node_modules/tokenizers/tokenizers.*.node',
    keep: (path) => path.endsWith(`.${platform}-${arch}-gnu.node`),
  },
  // The page at /docs takes one script and one sheet.
  {
    remove: 'node_modules/swagger-ui-dist/*.{js,css}',
    keep: (path) => /swagger-ui(-bundle\.js|\.css)$/.test(path),
  },
  { remove: 'node_modules/**/*.map', keep: NONE },
  { remove: 'node_modules/**/*.d.{ts,mts,cts}', keep: NONE },
];

let removedBytes = 0;
for (const { remove, keep } of RULES) {
  const files = globSync(remove).filter((path) => !keep(path) && statSync(path).isFile());
  if (files.length === 0) throw new Error(`nothing to remove by ${remove}`);
  for (const file of files) {
    removedBytes += statSync(file).size;
    rmSync(file);
  }
}
console.log(`removed ${Math.round(removedBytes / 1e6)} MB`);
