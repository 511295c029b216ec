/** Runs the checks of a client script and prints a line for each: `PASS client version: what` or `FAIL …`. */
import { readFileSync } from 'node:fs';

export const BASE = process.env.BASE;
export const OPENAI = { baseURL: `${BASE}/v1`, apiKey: 'none' };
export const MESSAGES = [
  { role: 'system', content: 'Answer in a word.' },
  { role: 'user', content: 'What is deep learning?' },
];
export const PROMPT = 'My name is Olivier and I';

/** Runs checks in order; each is a sentence and a function that throws where it does not hold. */
export async function run(packageName, checks) {
  const manifest = new URL(`node_modules/${packageName}/package.json`, import.meta.url);
  const client = `${packageName} (JavaScript) ${JSON.parse(readFileSync(manifest, 'utf8')).version}`;
  for (const [what, check] of Object.entries(checks)) {
    try {
      await check();
      console.log(`PASS ${client}: ${what}`);
    } catch (error) {
      console.error(error);
      console.log(`FAIL ${client}: ${what}: ${String(error).replace(/\s+/g, ' ').slice(0, 300)}`);
      process.exitCode = 1;
    }
  }
}

/** @returns all that an async iterable gives */
export async function all(iterable) {
  const items = [];
  for await (const item of iterable) items.push(item);
  return items;
}
