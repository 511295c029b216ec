import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FIXTURES, runParlance } from './support/run-parlance.ts';

const flags = ['chat', '--model-id', join(FIXTURES, 'llama3-tied'), '--temperature', '0', '--max-new-tokens', '8'];
const chat = (...lines: string[]) => runParlance(flags, { input: `${lines.join('\n')}\n` });

describe('parlance chat over a pipe', () => {
  it('answers each line, remembers the turns until /reset, and ends with its input', async () => {
    const { code, stdout, stderr } = await chat('Good morning', 'Good morning', '/reset', 'Good morning');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [first, second, reset, third, rest] = stdout.split('\n');
    expect(first).not.toBe('');
    expect(second).not.toBe(first);
    expect(reset).toBe('(the conversation is forgotten)');
    expect(third).toBe(first);
    expect(rest).toBe('');
  });

  it('answers differently with a system message, and the same once it is removed', async () => {
    const { stdout } = await chat(
      'Hello',
      '/system Speak like a pirate.',
      'Hello',
      '/system',
      'Hello',
      '/exit',
      'Hello',
    );
    const [plain, set, withSystem, unset, again, rest] = stdout.split('\n');
    expect([set, unset]).toEqual(['(the system message is set)', '(no system message)']);
    expect(withSystem).not.toBe(plain);
    expect(again).toBe(plain);
    expect(rest).toBe('');
  });

  it('takes the system message by flag', async () => {
    const byCommand = await chat('/system Speak like a pirate.', 'Hello');
    const byFlag = await runParlance([...flags, '--system', 'Speak like a pirate.'], { input: 'Hello\n' });
    expect(byFlag.stdout).toBe(byCommand.stdout);
  });
});
