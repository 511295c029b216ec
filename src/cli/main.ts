import { createProgram } from './program.ts';
import { runProgram } from './run-program.ts';

/** Runs the command line `argv`, all commands of it. */
export async function main(argv: readonly string[]): Promise<void> {
  await runProgram(createProgram(), argv);
}
