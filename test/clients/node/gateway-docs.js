/** The JavaScript examples of docs/gateway.md, as they stand there. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { run } from './checks.js';

const page = readFileSync('docs/gateway.md', 'utf8');
const examples = [...page.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code);
assert.equal(examples.length, 1);

await run('@aws-sdk/client-sagemaker-runtime', {
  'docs/gateway.md: the example prints an answer': async () => {
    const file = new URL('gateway-docs-example.mjs', import.meta.url);
    writeFileSync(file, examples[0]);
    const { stdout } = await promisify(execFile)(process.execPath, [file.pathname]);
    rmSync(file);
    assert.notEqual(stdout.trim(), '');
  },
});
