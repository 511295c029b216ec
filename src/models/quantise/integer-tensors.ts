import { type Checkpoint, weight as floatWeight, type Weight, wordTensor } from '../checkpoint.ts';
import type { LinearWeight } from '../layers/product.ts';
import type { StoredTensor } from '../safetensors.ts';
import { integerNames } from './choose-forms.ts';
import type { IntegerLayout } from './weight-format.ts';

/** A weight's levels as GPTQ and AWQ store them, in 32-bit words. */
export interface IntegerTensors {
  /** gptq: [inputs · bits / 32, outputs]; awq: [inputs, outputs · bits / 32] */
  readonly levels: StoredTensor;
  /** [groups, outputs · bits / 32] */
  readonly zeroPoints: StoredTensor;
  /** [groups, outputs] */
  readonly scales: Weight;
  /** [inputs]: the group of each; left out where they follow one another. */
  readonly groups?: StoredTensor;
}

/** Finds the tensors of a quantised weight.
 * @throws invalid_checkpoint where one is missing or misshapen */
export function integerTensors(
  checkpoint: Checkpoint,
  { name, inputs, outputs }: LinearWeight,
  { kind, bits, groupSize = inputs, isActOrder }: IntegerLayout,
): IntegerTensors {
  const names = integerNames(name);
  const numGroups = Math.ceil(inputs / groupSize);
  const words = (count: number) => Math.ceil((count * bits) / 32);
  const levelShape = kind === 'gptq' ? [words(inputs), outputs] : [inputs, words(outputs)];
  const hasGroups = kind === 'gptq' && (isActOrder || checkpoint.tensors.has(names.groups));
  return {
    levels: wordTensor(checkpoint, names.levels, levelShape),
    zeroPoints: wordTensor(checkpoint, names.zeroPoints, [numGroups, words(outputs)]),
    scales: floatWeight(checkpoint, names.scales, [numGroups, outputs]),
    ...(hasGroups && { groups: wordTensor(checkpoint, names.groups, [inputs]) }),
  };
}
