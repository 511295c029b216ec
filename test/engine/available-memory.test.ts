import { describe, expect, it } from '@jest/globals';
import { memoryBounds, tightestBound } from '../../src/engine/memory/available-memory.ts';

const GIB = 2 ** 30;
const machine = { '/proc/meminfo': 'MemTotal:  33554432 kB\nMemFree: 1 kB\nMemAvailable:   16777216 kB\n' };

function available(files: Readonly<Record<string, string>>): number | undefined {
  return tightestBound(
    memoryBounds((path) => files[path]),
    'memory',
  )?.leftBytes;
}

describe('available memory', () => {
  it('is what the machine has available where no group limits it', () => {
    expect(available(machine)).toBe(16 * GIB);
    expect(available({ ...machine, '/proc/self/cgroup': '0::/\n' })).toBe(16 * GIB);
  });

  it('is what version 2 of control groups leaves, unread file pages counted as free', () => {
    const group = {
      '/proc/self/cgroup': '0::/\n',
      '/sys/fs/cgroup/memory.max': `${4 * GIB}\n`,
      '/sys/fs/cgroup/memory.current': `${3 * GIB}\n`,
      '/sys/fs/cgroup/memory.stat': `anon 5\ninactive_file ${GIB}\nactive_file 7\n`,
    };
    expect(available({ ...machine, ...group })).toBe(2 * GIB);
    expect(available({ ...machine, ...group, '/sys/fs/cgroup/memory.max': 'max\n' })).toBe(16 * GIB);
  });

  it('counts file pages that were read often as free, unless a process has them mapped', () => {
    const group = {
      '/proc/self/cgroup': '0::/\n',
      '/sys/fs/cgroup/memory.max': `${4 * GIB}\n`,
      '/sys/fs/cgroup/memory.current': `${3 * GIB}\n`,
      '/sys/fs/cgroup/memory.stat': `file_mapped ${GIB / 4}\ninactive_file ${GIB / 2}\nactive_file ${GIB}\n`,
    };
    expect(available({ ...machine, ...group })).toBe(2.25 * GIB);
  });

  it('is bounded by every group that the process is in', () => {
    const group = (path: string, limit: number) => ({
      [`/sys/fs/cgroup${path}/memory.max`]: String(limit),
      [`/sys/fs/cgroup${path}/memory.current`]: String(GIB),
    });
    const nested = { ...machine, '/proc/self/cgroup': '0::/slice/job\n', ...group('/slice', 3 * GIB) };
    expect(available({ ...nested, ...group('/slice/job', 9 * GIB) })).toBe(2 * GIB);
  });

  it('is what version 1 of control groups leaves', () => {
    const group = {
      '/proc/self/cgroup': '5:cpu,cpuacct:/docker/1\n4:memory:/docker/1\n1:name=systemd:/docker/1\n',
      '/sys/fs/cgroup/memory/memory.limit_in_bytes': `${4 * GIB}`,
      '/sys/fs/cgroup/memory/memory.usage_in_bytes': `${GIB}`,
      '/sys/fs/cgroup/memory/memory.stat': `total_inactive_file ${GIB / 2}\n`,
    };
    expect(available({ ...machine, ...group })).toBe(3.5 * GIB);
    const unlimited = { '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712' };
    expect(available({ ...machine, ...group, ...unlimited })).toBe(16 * GIB);
  });

  it('is never less than nothing, and unknown where nobody says', () => {
    const exhausted = {
      '/proc/self/cgroup': '0::/\n',
      '/sys/fs/cgroup/memory.max': '10',
      '/sys/fs/cgroup/memory.current': '20',
    };
    expect(available({ ...machine, ...exhausted })).toBe(0);
    expect(available({})).toBeUndefined();
  });

  it('is bounded by the limits of the process, on what it maps and on what it may write', () => {
    const bounds = memoryBounds(
      (path) =>
        ({
          '/proc/self/limits':
            'Limit                     Soft Limit           Hard Limit           Units     \n' +
            'Max data size             unlimited            unlimited            bytes     \n' +
            `Max address space         ${2 * GIB}           ${4 * GIB}           bytes     \n`,
          '/proc/self/status': 'VmPeak:\t 9 kB\nVmSize:\t 1048576 kB\nVmData:\t 1 kB\n',
        })[path],
    );
    expect(bounds).toEqual([
      { kind: 'addresses', name: expect.stringContaining('ulimit -v'), limitBytes: 2 * GIB, leftBytes: GIB },
    ]);
    expect(tightestBound(bounds, 'memory')).toBeUndefined();
  });
});
