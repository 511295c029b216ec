import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Gives a file's text, or undefined where it can't be read. */
export type ReadText = (path: string) => string | undefined;

/** Bytes that this process may still take: what the machine has available, or what its control groups leave it, whichever
 * is less. Undefined where neither says, as outside Linux.
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files */
export function availableMemoryBytes(readText: ReadText = readFile): number | undefined {
  const bounds = [machineBytes(readText), ...groupBytes(readText)].filter((bytes) => bytes !== undefined);
  return bounds.length === 0 ? undefined : Math.max(0, Math.min(...bounds));
}

function machineBytes(readText: ReadText): number | undefined {
  const kibibytes = /^MemAvailable:\s+(\d+) kB$/m.exec(readText('/proc/meminfo') ?? '')?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

/** What each group that the process is in leaves it, version 1 and 2. Inside a container the paths may be those of the
 * host while the mount shows the container's own group, so the mount's root is asked too. */
function groupBytes(readText: ReadText): (number | undefined)[] {
  const lines = (readText('/proc/self/cgroup') ?? '').trim().split('\n');
  return lines.flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (path === undefined) return [];
    if (controllers === '') return withParents(path).map((group) => left(readText, join('/sys/fs/cgroup', group), 2));
    if (!controllers?.split(',').includes('memory')) return [];
    return withParents(path).map((group) => left(readText, join('/sys/fs/cgroup/memory', group), 1));
  });
}

function withParents(path: string): string[] {
  return path === '/' ? [path] : [path, ...withParents(dirname(path))];
}

const FILES = {
  1: { limit: 'memory.limit_in_bytes', usage: 'memory.usage_in_bytes', reclaimable: 'total_inactive_file' },
  2: { limit: 'memory.max', usage: 'memory.current', reclaimable: 'inactive_file' },
};

/** A group's limit less what is in use; file pages that nobody reads any more don't count as in use. */
function left(readText: ReadText, folder: string, version: 1 | 2): number | undefined {
  const files = FILES[version];
  const [limit, usage] = [files.limit, files.usage].map((file) => Number(readText(join(folder, file)) ?? Number.NaN));
  // `max`, or version 1's largest page count, means no limit.
  if (limit === undefined || usage === undefined || Number.isNaN(limit + usage) || limit > 2 ** 62) return undefined;
  const statistics = readText(join(folder, 'memory.stat')) ?? '';
  const reclaimable = new RegExp(`^${files.reclaimable} (\\d+)$`, 'm').exec(statistics)?.[1] ?? '0';
  return limit - usage + Number(reclaimable);
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
