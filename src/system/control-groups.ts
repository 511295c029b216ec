import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Gives a file's text, or undefined where it can't be read. */
export type ReadText = (path: string) => string | undefined;

/** A group that this process is in. */
export interface ControlGroup {
  readonly version: 1 | 2;
  /** Where its files lie. */
  readonly folder: string;
}

/** The groups of Linux that bound this process's use of a resource: its own and all above it. Inside a container the
 * paths may be those of the host while the mount shows the container's own group, so the mount's root is among them.
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html */
export function controlGroups(controller: 'memory' | 'cpu', readText: ReadText = readFile): ControlGroup[] {
  const lines = (readText('/proc/self/cgroup') ?? '').trim().split('\n');
  return lines.flatMap((line): ControlGroup[] => {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (path === undefined) return [];
    if (controllers === '')
      return withParents(path).map((group) => ({ version: 2, folder: join('/sys/fs/cgroup', group) }));
    if (!controllers?.split(',').includes(controller)) return [];
    return withParents(path).map((group) => ({ version: 1, folder: join('/sys/fs/cgroup', controller, group) }));
  });
}

function withParents(path: string): string[] {
  return path === '/' ? [path] : [path, ...withParents(dirname(path))];
}

export function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
