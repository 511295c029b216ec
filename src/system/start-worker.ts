import { type ResourceLimits, Worker } from 'node:worker_threads';
import { workerEntry } from './worker-entry.ts';

export interface StartWorkerOptions {
  /** What the worker finds as its own `workerData`. */
  readonly workerData?: unknown;
  readonly resourceLimits?: ResourceLimits;
}

/** V8 sets 512 MiB of addresses aside for the machine code of each thread, of which it fills a few: with six workers, a
 * process under `ulimit -v` would have no room left for a model. */
const codeRangeSizeMb = 32;

/** Starts a worker thread. @param entry below `dist`, without extension, such as `engine/worker` */
export function startWorker(entry: string, { workerData, resourceLimits }: StartWorkerOptions = {}): Worker {
  return new Worker(workerEntry(entry), { workerData, resourceLimits: { codeRangeSizeMb, ...resourceLimits } });
}
