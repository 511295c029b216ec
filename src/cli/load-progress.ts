import { Presets, SingleBar } from 'cli-progress';
import type { Log } from '../observability/log.ts';

/** Shows how far the loading of a model is. */
export interface LoadProgress {
  /** A stage begins. */
  begin(stage: string): void;
  /** All is loaded, or has failed. */
  end(): void;
}

/** A bar on a terminal, a line a stage elsewhere. */
export function showProgress(log: Log, terminal: NodeJS.WriteStream | undefined, numStages: number): LoadProgress {
  if (!terminal) return { begin: (stage) => log.info(stage), end: () => {} };
  const format = '{bar} {percentage}% {stage}';
  const bar = new SingleBar(
    { format, stream: terminal, clearOnComplete: true, barsize: 24, linewrap: true },
    Presets.shades_classic,
  );
  let numBegun = 0;
  return {
    begin(stage) {
      if (numBegun === 0) bar.start(numStages, 0, { stage });
      bar.update(numBegun, { stage });
      numBegun += 1;
    },
    end: () => bar.stop(),
  };
}
