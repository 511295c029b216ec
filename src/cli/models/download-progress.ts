import { Presets, SingleBar } from 'cli-progress';
import type { DownloadOptions, DownloadProgress } from '../../hub/download-checkpoint.ts';
import type { Log } from '../../observability/log.ts';
import { inBytes } from '../output/units.ts';

/** How far a download is, to show. */
export interface DownloadDisplay extends Required<Pick<DownloadOptions, 'onProgress' | 'onNote'>> {
  end(): void;
}

interface DisplayOptions {
  /** To draw a bar on. */
  readonly terminal: NodeJS.WriteStream | undefined;
  /** Milliseconds. */
  readonly now: () => number;
}

const lineEveryMs = 10_000;
const bar = { format: '{bar} {percentage}% {done} of {all}, {speed}/s', clearOnComplete: true, barsize: 24 };

/** A bar on a terminal; elsewhere a line in the log every ten seconds. */
export function showDownload(name: string, log: Log, { terminal, now }: DisplayOptions): DownloadDisplay {
  const onNote = (note: string) => log.warn(note);
  if (terminal) return { ...drawBar(terminal, now), onNote };
  let lastLineAt: number | undefined;
  return {
    onNote,
    onProgress({ bytesDone, bytesTotal }) {
      // What there is in all is known once the small files have come.
      if (lastLineAt === undefined) log.info(`downloading ${name}`);
      else if (now() - lastLineAt < lineEveryMs) return;
      else log.info(`downloading ${name}: ${inBytes(bytesDone)} of ${inBytes(bytesTotal)}`);
      lastLineAt = now();
    },
    end: () => {},
  };
}

function drawBar(stream: NodeJS.WriteStream, now: () => number): Omit<DownloadDisplay, 'onNote'> {
  const drawn = new SingleBar({ ...bar, stream }, Presets.shades_classic);
  let begun: { readonly at: number; readonly bytes: number } | undefined;
  return {
    onProgress({ bytesDone, bytesTotal }: DownloadProgress) {
      // What an earlier download left is no part of the speed.
      if (begun === undefined) drawn.start(bytesTotal, bytesDone, fieldsOf({ bytesDone, bytesTotal }, 0));
      begun ??= { at: now(), bytes: bytesDone };
      const seconds = Math.max(0.1, (now() - begun.at) / 1000);
      drawn.setTotal(bytesTotal);
      drawn.update(bytesDone, fieldsOf({ bytesDone, bytesTotal }, (bytesDone - begun.bytes) / seconds));
    },
    end: () => drawn.stop(),
  };
}

const fieldsOf = ({ bytesDone, bytesTotal }: DownloadProgress, bytesPerSecond: number) => ({
  done: inBytes(bytesDone),
  all: inBytes(bytesTotal),
  speed: inBytes(Math.max(0, bytesPerSecond)),
});
