import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { controlGroups, type ReadText, readFile } from './control-groups.ts';

/** How many processors this process can keep busy: those that it may run on, or fewer where a control group grants it
 * less time than they have, as `docker run --cpus` does. A share of a processor doesn't count: a thread that is made to
 * wait for its share holds up the others at each operator. */
export function usableProcessors(readText: ReadText = readFile, numProcessors = availableParallelism()): number {
  const quotas = controlGroups('cpu', readText).map(({ version, folder }) => {
    const [time, period] =
      version === 2
        ? (readText(join(folder, 'cpu.max')) ?? '').trim().split(' ').map(Number)
        : ['cpu.cfs_quota_us', 'cpu.cfs_period_us'].map((file) => Number(readText(join(folder, file)) ?? Number.NaN));
    // `max` and -1 mean no quota.
    return time !== undefined && period !== undefined && time > 0 && period > 0 ? time / period : numProcessors;
  });
  return Math.max(1, Math.floor(Math.min(numProcessors, ...quotas)));
}
