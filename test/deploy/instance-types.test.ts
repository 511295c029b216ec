import { describe, expect, it } from '@jest/globals';
import { findInstanceType, instanceTypes } from '../../src/deploy/instance-types.ts';

describe('the table of instance types', () => {
  it('has every g5 with its A10Gs of 22,888 MiB', () => {
    const gpus = instanceTypes.filter(({ numGpus }) => numGpus > 0);
    expect(gpus.map(({ name, numGpus }) => [name, numGpus])).toEqual([
      ['ml.g5.xlarge', 1],
      ['ml.g5.2xlarge', 1],
      ['ml.g5.4xlarge', 1],
      ['ml.g5.8xlarge', 1],
      ['ml.g5.12xlarge', 4],
      ['ml.g5.16xlarge', 1],
      ['ml.g5.24xlarge', 4],
      ['ml.g5.48xlarge', 8],
    ]);
    for (const { gpuMemoryBytes } of gpus) expect(gpuMemoryBytes / 2 ** 20).toBe(22_888);
  });

  it('finds a type by its name, and none that it does not have', () => {
    expect(findInstanceType('ml.m5.xlarge')).toEqual({
      name: 'ml.m5.xlarge',
      numVcpus: 4,
      memoryBytes: 16 * 2 ** 30,
      numGpus: 0,
      gpuMemoryBytes: 0,
    });
    expect(findInstanceType('ml.p9.xlarge')).toBeUndefined();
  });

  it('names each type as SageMaker does, once', () => {
    const names = instanceTypes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^ml\.[a-z0-9]+\.\d*x?large$/);
  });
});
