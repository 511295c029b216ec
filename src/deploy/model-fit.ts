import { findInstanceType, type InstanceType, instanceTypes } from './instance-types.ts';
import { pricePerHour } from './prices.ts';

/** What is known of a model before it is loaded. */
export interface ModelSize {
  readonly numParameters: number;
  /** Keys and values of a token in float32; undefined where only the parameters are known. */
  readonly kvBytesPerToken?: number | undefined;
  /** Positions that the model was made for. */
  readonly maxPositions?: number | undefined;
}

/** Whether a model fits an instance type. */
export interface ModelFit {
  readonly instance: InstanceType;
  readonly fits: boolean;
  /** Weights, one sequence of keys and values, and what the runtime takes. */
  readonly neededBytes: number;
  /** Of one GPU, since each has an engine of its own with all the weights; of the whole instance without GPUs. */
  readonly availableBytes: number;
}

/** Bytes that a parameter takes by QUANTIZE: int8 and int4 are blocks of 32 with a float32 scale each, int4 with zero
 * points. */
const quantisedBytes = { int8: 1 + 4 / 32, int4: 0.5 + 4.5 / 32, w8a8: 1 } as const;
type Quantisation = keyof typeof quantisedBytes;

const gib = 2 ** 30;
/** CUDA's context, libraries' workspaces and a chunk of prefill; on a CPU the system, Node and the tokenizer. */
const reservedBytes = 1.5 * gib;
/** A sequence of this length must fit, or the instance is of no use. */
const minSequenceTokens = 2048;

/** Works out whether a model fits an instance type. Weights are float16 on GPUs and float32 on CPUs unless quantised.
 * @param quantize as the setting QUANTIZE has it; one without a known size counts as none */
export function fitModel(model: ModelSize, instance: InstanceType, quantize?: string): ModelFit {
  const isGpu = instance.numGpus > 0;
  const floatBytes = isGpu ? 2 : 4;
  const parameterBytes = isQuantisation(quantize) ? quantisedBytes[quantize] : floatBytes;
  const numTokens = Math.min(model.maxPositions ?? minSequenceTokens, minSequenceTokens);
  const kvBytes = (model.kvBytesPerToken ?? 0) * (floatBytes / 4) * numTokens;
  const neededBytes = model.numParameters * parameterBytes + kvBytes + reservedBytes;
  const availableBytes = isGpu ? instance.gpuMemoryBytes : instance.memoryBytes;
  return { instance, fits: neededBytes <= availableBytes, neededBytes, availableBytes };
}

/** @returns the cheapest instance type that the model fits, with GPUs or without; undefined where none does */
export function smallestInstance(
  model: ModelSize,
  { hasGpus, quantize }: { readonly hasGpus: boolean; readonly quantize?: string | undefined },
): InstanceType | undefined {
  return instanceTypes
    .filter((type) => type.numGpus > 0 === hasGpus && fitModel(model, type, quantize).fits)
    .sort((a, b) => priceOf(a) - priceOf(b))[0];
}

/** Says that a model doesn't fit, and all that would help: the smallest instance types, quantisation. */
export function describeMisfit(model: ModelSize, fit: ModelFit, quantize?: string): string {
  const { instance, neededBytes, availableBytes } = fit;
  const isGpu = instance.numGpus > 0;
  const weights = quantize ?? (isGpu ? 'float16' : 'float32');
  const place = isGpu
    ? `${instance.name} has ${inGib(availableBytes)} on each GPU`
    : `${instance.name} has ${inGib(availableBytes)}`;
  const smallest = [true, false].map((hasGpus) => smallestInstance(model, { hasGpus, quantize }));
  const named = smallest
    .filter((type) => type !== undefined)
    .map(({ name, numGpus }) => `${name}${numGpus > 0 ? '' : ' (CPU)'}`);
  const helping = quantisationsThatFit(model, instance, quantize);
  return [
    `the model's ${(model.numParameters / 1e9).toFixed(1)}B parameters need ${inGib(neededBytes)} in ${weights}, and ${place}`,
    named.length > 0
      ? `the smallest that would do: ${named.join(', or ')}`
      : `no instance type that is known here would do in ${weights}`,
    ...(helping.length > 0 ? [`or keep ${instance.name} with --quantize ${helping.join(' or ')}`] : []),
  ].join('; ');
}

function quantisationsThatFit(model: ModelSize, instance: InstanceType, quantize: string | undefined): Quantisation[] {
  const others = (['int8', 'int4'] as const).filter((name) => name !== quantize);
  return others.filter((name) => fitModel(model, instance, name).fits);
}

/** @returns the fit for a type by its name; undefined for a type that the table doesn't have */
export function fitByName(model: ModelSize, instanceName: string, quantize?: string): ModelFit | undefined {
  const instance = findInstanceType(instanceName);
  return instance && fitModel(model, instance, quantize);
}

function isQuantisation(name: string | undefined): name is Quantisation {
  return name !== undefined && Object.hasOwn(quantisedBytes, name);
}

/** Those without a known price come last. */
const priceOf = ({ name }: InstanceType) => pricePerHour(name) ?? Number.POSITIVE_INFINITY;

const inGib = (bytes: number) => `${(bytes / gib).toFixed(1)} GiB`;
