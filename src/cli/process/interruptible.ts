import type { ExitCode } from './exit-codes.ts';

const interrupted: ExitCode = 130;

/** Does what Ctrl-C ends early: the signal is aborted by it. Being interrupted is no failure to tell of, so that what is
 * thrown then is dropped. */
export async function interruptible(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once('SIGINT', interrupt);
  try {
    await work(interruption.signal);
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
  } finally {
    process.off('SIGINT', interrupt);
    if (interruption.signal.aborted) process.exitCode = interrupted;
  }
}
