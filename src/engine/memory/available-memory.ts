import { join } from 'node:path';
import { type ControlGroup, controlGroups, type ReadText, readFile } from '../../system/control-groups.ts';

/** Something that bounds what this process may take. */
export interface MemoryBound {
  /** `memory` counts pages that are in use, `addresses` all that is mapped, and `data` what is mapped to be written. */
  readonly kind: 'memory' | 'addresses' | 'data';
  /** In words, such as `the control group`. */
  readonly name: string;
  readonly limitBytes: number;
  readonly leftBytes: number;
}

/** What the machine, the control groups and the process's own limits leave it; empty where none says, as outside Linux. */
export function memoryBounds(readText: ReadText = readFile): MemoryBound[] {
  const groups = controlGroups('memory', readText).map((group) => groupBound(group, readText));
  return [machineBound(readText), ...groups, ...processBounds(readText)].filter((bound) => bound !== undefined);
}

/** The bound of a kind that leaves least. */
export function tightestBound(bounds: readonly MemoryBound[], kind: MemoryBound['kind']): MemoryBound | undefined {
  return bounds.filter((bound) => bound.kind === kind).sort((a, b) => a.leftBytes - b.leftBytes)[0];
}

function machineBound(readText: ReadText): MemoryBound | undefined {
  const text = readText('/proc/meminfo') ?? '';
  const [limitBytes, leftBytes] = ['MemTotal', 'MemAvailable'].map((name) => kibibytes(text, name));
  if (limitBytes === undefined || leftBytes === undefined) return undefined;
  return { kind: 'memory', name: 'the machine', limitBytes, leftBytes };
}

const FILES = {
  1: { limit: 'memory.limit_in_bytes', usage: 'memory.usage_in_bytes', prefix: 'total_', mapped: 'mapped_file' },
  2: { limit: 'memory.max', usage: 'memory.current', prefix: '', mapped: 'file_mapped' },
};

function groupBound({ version, folder }: ControlGroup, readText: ReadText): MemoryBound | undefined {
  const { limit, usage, prefix, mapped } = FILES[version];
  const [limitBytes, usedBytes] = [limit, usage].map((file) => Number(readText(join(folder, file)) ?? Number.NaN));
  // `max`, or version 1's largest page count, means no limit.
  if (limitBytes === undefined || usedBytes === undefined || !(limitBytes + usedBytes < 2 ** 62)) return undefined;
  const statistics = readText(join(folder, 'memory.stat')) ?? '';
  const count = (name: string) =>
    Number(new RegExp(`^${prefix}${name} (\\d+)$`, 'm').exec(statistics)?.[1] ?? Number.NaN);
  const inactive = count('inactive_file') || 0;
  // File pages that no process has mapped make room as soon as it is needed, however recently they were read.
  const unmapped = inactive + count('active_file') - count(mapped) || 0;
  const leftBytes = Math.max(0, limitBytes - usedBytes + Math.max(inactive, unmapped));
  return { kind: 'memory', name: 'the control group', limitBytes, leftBytes };
}

/** `ulimit -v` and `ulimit -d`. */
function processBounds(readText: ReadText): (MemoryBound | undefined)[] {
  const [limits, status] = [readText('/proc/self/limits') ?? '', readText('/proc/self/status') ?? ''];
  const bound = (row: string, field: string): Pick<MemoryBound, 'limitBytes' | 'leftBytes'> | undefined => {
    const soft = new RegExp(`^${row} +(\\d+) `, 'm').exec(limits)?.[1];
    const used = kibibytes(status, field);
    if (soft === undefined || used === undefined) return undefined;
    return { limitBytes: Number(soft), leftBytes: Math.max(0, Number(soft) - used) };
  };
  const addresses = bound('Max address space', 'VmSize');
  const data = bound('Max data size', 'VmData');
  return [
    addresses && { kind: 'addresses', name: 'the address space limit (ulimit -v)', ...addresses },
    data && { kind: 'data', name: 'the data segment limit (ulimit -d)', ...data },
  ];
}

function kibibytes(text: string, name: string): number | undefined {
  const count = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1];
  return count === undefined ? undefined : Number(count) * 1024;
}
