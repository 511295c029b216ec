import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FIXTURES, runParlance, spawnParlance } from './support/run-parlance.ts';

const model = join(FIXTURES, 'llama3-tied');
const { prompts } = JSON.parse(readFileSync(join(model, 'goldens.json'), 'utf8'));
/** Draws almost evenly from all tokens, so that the one which would end the text hardly comes, for 8192 positions. */
const long = ['generate', '--model-id', resolve(import.meta.dirname, '../../demo-model'), '--temperature', '100'];
const flags = ['--model-id', model, '--max-new-tokens', '28'];

describe('parlance generate', () => {
  it('prints the greedy text and nothing else', async () => {
    const { text, greedy } = prompts.at(-1);
    const ended = await runParlance(['generate', ...flags, text]);
    expect(ended).toEqual({ code: 0, stdout: `${greedy.text}\n`, stderr: '' });
  });

  it.each(['', '\n', '\r\n'])(
    'reads the prompt from standard input, up to a last line break: %j',
    async (lineBreak) => {
      const [{ text, greedy }] = prompts;
      expect((await runParlance(['generate', ...flags], { input: text + lineBreak })).stdout).toBe(`${greedy.text}\n`);
    },
  );

  it('refuses an empty prompt before it loads anything', async () => {
    expect(await runParlance(['generate', '--model-id', '/absent'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'error: the prompt is empty: give it as an argument, or by standard input\n',
    });
  });

  it('ends with 130 and without a word where it is interrupted', async () => {
    const { child, ended } = spawnParlance([...long, 'a b c']);
    child.stdout.once('data', () => child.kill('SIGINT'));
    const { code, stdout, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
    expect(stdout.endsWith('\n')).toBe(true);
  });

  it('ends without a word where nobody reads on', async () => {
    const { child, ended } = spawnParlance([...long, 'a b c']);
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await ended).toMatchObject({ code: 141, stderr: '' });
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
