import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const MODELS = resolve(import.meta.dirname, '../../test/fixtures/models');

export const modelFolder = join(MODELS, 'mistral-zephyr');

/** A prompt, and what the reference implementation makes of it. */
export const golden: { readonly text: string; readonly greedy: { readonly text_tgi: string; readonly ids: number[] } } =
  JSON.parse(readFileSync(join(modelFolder, 'goldens.json'), 'utf8')).prompts[0];

/** The model's files by name. */
export const modelFiles: Readonly<Record<string, Buffer>> = Object.fromEntries(
  readdirSync(modelFolder).map((name) => [name, readFileSync(join(modelFolder, name))]),
);

/** What the deployment scripts of TGI's documentation ask for. */
export const messages = [
  { role: 'system', content: 'You are a helpful assistant.' },
  { role: 'user', content: 'What is deep learning?' },
];

export const post = (url: string, body: object) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** The events of a stream, parsed; the last may be the text [DONE]. */
export function eventsOf(stream: string): unknown[] {
  return stream
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).trim())
    .map((data) => (data === '[DONE]' ? data : JSON.parse(data)));
}
