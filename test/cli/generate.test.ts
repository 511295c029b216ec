import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FIXTURES, runParlance } from './support/run-parlance.ts';

const model = join(FIXTURES, 'llama3-tied');
const { prompts } = JSON.parse(readFileSync(join(model, 'goldens.json'), 'utf8'));
const flags = ['--model-id', model, '--max-new-tokens', '28'];

describe('parlance generate', () => {
  it('prints the greedy text and nothing else', async () => {
    const { text, greedy } = prompts.at(-1);
    const ended = await runParlance(['generate', ...flags, text]);
    expect(ended).toEqual({ code: 0, stdout: `${greedy.text}\n`, stderr: '' });
  });

  it('reads the prompt from standard input where none is given', async () => {
    const [{ text, greedy }] = prompts;
    expect((await runParlance(['generate', ...flags], { input: text })).stdout).toBe(`${greedy.text}\n`);
  });

  it('draws the same text for the same seed, and another for another', async () => {
    const draw = async (seed: string) =>
      (await runParlance(['generate', ...flags, '--temperature', '1.5', '--seed', seed, 'a b c'])).stdout;
    const first = await draw('7');
    expect(await draw('7')).toBe(first);
    expect(await draw('8')).not.toBe(first);
  });

  it('says why a prompt is refused', async () => {
    const { code, stderr } = await runParlance(['generate', '--model-id', model, 'many things '.repeat(500)]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: `inputs` [^\n]+\n$/);
  });
});
