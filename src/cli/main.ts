import { runProgram } from './process/run-program.ts';
import { createProgram } from './program.ts';

/** Runs the command line `argv`, all commands of it. */
export async function main(argv: readonly string[]): Promise<void> {
  await runProgram(createProgram(), argv);
}
