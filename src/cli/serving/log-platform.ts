import { availableParallelism, cpus, release, totalmem, version } from 'node:os';
import type { Log } from '../../observability/log.ts';
import { inBytes } from '../output/units.ts';
import { packageVersion } from '../process/package-info.ts';

/** Logs what the server runs on, for a report of a problem. */
export function logPlatform(log: Log): void {
  const processor = cpus()[0]?.model ?? 'unknown';
  log.info(`parlance ${packageVersion}, Node ${process.versions.node}, ${process.platform}/${process.arch}`);
  log.info(`${version()} ${release()}`);
  log.info(`${availableParallelism()} of ${cpus().length} processors (${processor}), ${inBytes(totalmem())} of memory`);
}
