/** What a SageMaker instance type brings: figures of the EC2 type behind it. */
export interface InstanceType {
  /** As SageMaker spells it, such as `ml.g5.2xlarge`. */
  readonly name: string;
  readonly numVcpus: number;
  readonly memoryBytes: number;
  /** 0 on CPU types. */
  readonly numGpus: number;
  /** Of one GPU; 0 on CPU types. */
  readonly gpuMemoryBytes: number;
}

/** Where the figures come from: the pages on accelerated computing (ac), compute optimized (co) and general purpose (gp)
 * instances. An A10G's memory is what EC2's DescribeInstanceTypes reports: 22,888 MiB of its 24 GiB. */
export const instanceTypesSource = {
  url: 'https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html',
  date: '2026-11-21',
};

const gib = 2 ** 30;
const a10gBytes = 22_888 * 2 ** 20;

/** Size, vCPUs, GiB of memory, GPUs. */
type Row = readonly [size: string, numVcpus: number, memoryGib: number, numGpus?: number];

const families: Record<string, readonly Row[]> = {
  c5: [
    ['large', 2, 4],
    ['xlarge', 4, 8],
    ['2xlarge', 8, 16],
    ['4xlarge', 16, 32],
    ['9xlarge', 36, 72],
    ['18xlarge', 72, 144],
  ],
  c6i: [
    ['large', 2, 4],
    ['xlarge', 4, 8],
    ['2xlarge', 8, 16],
    ['4xlarge', 16, 32],
    ['8xlarge', 32, 64],
    ['12xlarge', 48, 96],
    ['16xlarge', 64, 128],
    ['24xlarge', 96, 192],
    ['32xlarge', 128, 256],
  ],
  m5: [
    ['large', 2, 8],
    ['xlarge', 4, 16],
    ['2xlarge', 8, 32],
    ['4xlarge', 16, 64],
    ['12xlarge', 48, 192],
    ['24xlarge', 96, 384],
  ],
  g5: [
    ['xlarge', 4, 16, 1],
    ['2xlarge', 8, 32, 1],
    ['4xlarge', 16, 64, 1],
    ['8xlarge', 32, 128, 1],
    ['12xlarge', 48, 192, 4],
    ['16xlarge', 64, 256, 1],
    ['24xlarge', 96, 384, 4],
    ['48xlarge', 192, 768, 8],
  ],
};

/** The types that endpoints are known to run on, each family from small to large. */
export const instanceTypes: readonly InstanceType[] = Object.entries(families).flatMap(([family, rows]) =>
  rows.map(([size, numVcpus, memoryGib, numGpus = 0]) => ({
    name: `ml.${family}.${size}`,
    numVcpus,
    memoryBytes: memoryGib * gib,
    numGpus,
    gpuMemoryBytes: numGpus > 0 ? a10gBytes : 0,
  })),
);

/** @returns undefined for a type that the table doesn't have, which SageMaker may know all the same */
export function findInstanceType(name: string): InstanceType | undefined {
  return instanceTypes.find((type) => type.name === name);
}
