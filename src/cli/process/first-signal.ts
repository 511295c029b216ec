import type { Log } from '../../observability/log.ts';

/** Resolves at the first SIGTERM or SIGINT; a second one ends the process at once, with the code that shells give it. */
export function firstSignal(log: Log): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let isFirst = true;
    for (const [signal, exitCode] of [
      ['SIGTERM', 143],
      ['SIGINT', 130],
    ] as const) {
      process.on(signal, () => {
        if (!isFirst) {
          log.warn(`${signal} again: ending at once`);
          process.exit(exitCode);
        }
        isFirst = false;
        resolve(signal);
      });
    }
  });
}
