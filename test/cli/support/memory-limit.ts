import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A way to hold a process to so much memory. */
export interface MemoryLimit {
  readonly name: string;
  /** A line of shell that puts the shell, and whatever it becomes, under the limit. */
  readonly enter: string;
  /** How the refusal of a start calls it. */
  readonly calledBy: RegExp;
  remove(): void;
}

/** A control group of its own where this user may make one, version 1 or 2. */
export function controlGroupLimit(bytes: number): MemoryLimit | undefined {
  const lines = readFileSync('/proc/self/cgroup', 'utf8').trim().split('\n');
  const places = lines.flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (path === undefined) return [];
    if (controllers === '') return [{ folder: join('/sys/fs/cgroup', path), file: 'memory.max' }];
    const isMemory = controllers!.split(',').includes('memory');
    return isMemory ? [{ folder: join('/sys/fs/cgroup/memory', path), file: 'memory.limit_in_bytes' }] : [];
  });
  for (const { folder, file } of places) {
    const group = join(folder, `parlance-test-${process.pid}`);
    try {
      mkdirSync(group);
    } catch {
      continue;
    }
    try {
      writeFileSync(join(group, file), String(bytes));
      return {
        name: 'a control group',
        enter: `echo $$ > ${join(group, 'cgroup.procs')}`,
        calledBy: /the control group, 2\.0 GiB, leaves/,
        remove: () => rmdirSync(group),
      };
    } catch {
      rmdirSync(group);
    }
  }
  return undefined;
}

/** A limit that any user may set. */
export function dataLimit(bytes: number): MemoryLimit {
  return {
    name: 'ulimit -d',
    enter: `ulimit -d ${bytes / 1024}`,
    calledBy: /the data segment limit \(ulimit -d\), 2\.0 GiB, leaves/,
    remove: () => {},
  };
}
