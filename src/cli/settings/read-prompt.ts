import { text as readAll } from 'node:stream/consumers';
import { ParlanceError } from '../../errors/errors.ts';

/** The prompt of a command: what it was given, else all of standard input but its last line break, which is the shell's.
 * @throws validation for an empty one */
export async function readPrompt(given: string | undefined): Promise<string> {
  if (given === undefined && process.stdin.isTTY)
    process.stderr.write('Type the prompt, and end it by Ctrl-D on a line of its own:\n');
  const prompt = given ?? (await readAll(process.stdin)).replace(/\r?\n$/, '');
  if (prompt === '')
    throw new ParlanceError('validation', 'the prompt is empty: give it as an argument, or by standard input');
  return prompt;
}
