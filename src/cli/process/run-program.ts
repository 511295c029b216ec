import type { Command } from 'commander';
import { ParlanceError } from '../../errors/errors.ts';
import { type ExitCode, exitCodeOf } from './exit-codes.ts';

/** Runs a command line `argv` (with node and script in front, as process.argv has it). A failure that is the user's to
 * mend is one line on standard error; the exit code is one of {@link exitCodes}. */
export async function runProgram(program: Command, argv: readonly string[]): Promise<void> {
  process.stdout.on('error', endWithReader);
  // The SDK's note on versions of Node to come is for who builds this, not for who uses it.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  try {
    await program.parseAsync(argv);
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    process.stderr.write(error instanceof ParlanceError ? `error: ${error.message}\n` : `${describe(error)}\n`);
  }
}

/** What reads the output may end before it has all, as `head` does: then this ends as if by SIGPIPE, which Node ignores. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(141 satisfies ExitCode);
}

/** An error that nobody foresaw: all that helps to find its cause. */
function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
