import { describe, expect, it } from '@jest/globals';
import { usableProcessors } from '../../src/system/usable-processors.ts';

const usable = (files: Readonly<Record<string, string>>, numProcessors = 8) =>
  usableProcessors((path) => files[path], numProcessors);

const version1 = (quota: number) => ({
  '/proc/self/cgroup': '3:cpu,cpuacct:/docker/1\n2:memory:/docker/1\n',
  '/sys/fs/cgroup/cpu/docker/1/cpu.cfs_quota_us': `${quota}\n`,
  '/sys/fs/cgroup/cpu/docker/1/cpu.cfs_period_us': '100000\n',
});

describe('the processors that a process can use', () => {
  it('are all that it may run on where no group limits their time', () => {
    expect(usable({})).toBe(8);
    expect(usable({ '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': 'max 100000\n' })).toBe(8);
    expect(usable(version1(-1))).toBe(8);
  });

  it('are as many as a quota pays for, in either version of control groups', () => {
    expect(usable({ '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': '300000 100000\n' })).toBe(3);
    expect(usable(version1(200_000))).toBe(2);
    expect(usable(version1(900_000))).toBe(8);
  });

  it('are bounded by the groups above, too', () => {
    const nested = { '/proc/self/cgroup': '0::/slice/job\n', '/sys/fs/cgroup/slice/cpu.max': '200000 100000\n' };
    expect(usable({ ...nested, '/sys/fs/cgroup/slice/job/cpu.max': '600000 100000\n' })).toBe(2);
  });

  it('leave out a part of one, unless it is all there is', () => {
    const quota = (time: number) => ({ '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': `${time} 100000\n` });
    expect(usable(quota(350_000))).toBe(3);
    expect(usable(quota(50_000))).toBe(1);
  });
});
