import { Presets, SingleBar } from 'cli-progress';
import type { Log } from '../../observability/log.ts';

/** Shows how far the loading of a model is. */
export interface LoadProgress {
  /** A stage begins, or goes on. @param share of it that is done, where it is known */
  begin(stage: string, share?: number): void;
  /** All is loaded, or has failed. */
  end(): void;
}

const lineEveryMs = 10_000;
export const percent = (share: number) => `${Math.floor(share * 100)} %`;

/** A bar on a terminal; elsewhere a line a stage, and one every ten seconds of a stage that goes on.
 * @param now milliseconds */
export function showProgress(
  log: Log,
  terminal: NodeJS.WriteStream | undefined,
  { numStages, now }: { readonly numStages: number; readonly now: () => number },
): LoadProgress {
  return terminal ? drawBar(terminal, numStages) : logLines(log, now);
}

function logLines(log: Log, now: () => number): LoadProgress {
  let current: string | undefined;
  let lastLineAt = 0;
  return {
    begin(stage, share) {
      const isNew = stage !== current;
      if (!isNew && now() - lastLineAt < lineEveryMs) return;
      log.info(isNew || share === undefined ? stage : `${stage}: ${percent(share)}`);
      current = stage;
      lastLineAt = now();
    },
    end: () => {},
  };
}

function drawBar(stream: NodeJS.WriteStream, numStages: number): LoadProgress {
  const format = '{bar} {percentage}% {stage}';
  const bar = new SingleBar(
    { format, stream, clearOnComplete: true, barsize: 24, linewrap: true },
    Presets.shades_classic,
  );
  let current: string | undefined;
  let numDone = -1;
  return {
    begin(stage, share) {
      if (current === undefined) bar.start(numStages, 0, { stage });
      if (stage !== current) numDone += 1;
      current = stage;
      bar.update(numDone + (share ?? 0), { stage: share === undefined ? stage : `${stage}: ${percent(share)}` });
    },
    end: () => bar.stop(),
  };
}
