import { ParlanceError } from '../../errors/errors.ts';
import { type Checkpoint, weight as floatWeight } from '../checkpoint.ts';
import type { Decoder } from '../families/family.ts';
import type { LinearWeight } from '../layers/product.ts';
import { chooseForms } from './choose-forms.ts';
import { integerTensors } from './integer-tensors.ts';
import { listWeights } from './list-weights.ts';
import type { Packing } from './pack-task.ts';
import type { PackedForm } from './packed-form.ts';
import type { Quantisation } from './quantisation.ts';
import type { WeightFormat } from './weight-format.ts';

export interface PackingPlan {
  /** By the weight's name. */
  readonly forms: ReadonlyMap<string, PackedForm>;
  readonly weights: readonly { readonly weight: LinearWeight; readonly packing: Packing }[];
  /** Weights that stay as they are, by name. */
  readonly others: readonly string[];
}

/** Settles how a checkpoint's linear weights are packed; those of one that is packed already need nothing.
 * @throws unsupported_model; invalid_checkpoint where tensors are missing or misshapen */
export function planPacking(
  decoder: Decoder,
  checkpoint: Checkpoint,
  quantisation: Quantisation | undefined,
): PackingPlan {
  const format = decoder.config.weightFormat;
  const { linear, float, stored } = listWeights(decoder, checkpoint);
  const forms = chooseForms(linear.values(), { format, checkpoint }, quantisation);
  const unpacked = format.kind === 'packed' ? [] : [...forms];
  const weights = unpacked.map(([name, form]) => {
    const weight = linear.get(name)!;
    return { weight, packing: packingOf(weight, form, { format, checkpoint }) };
  });
  return { forms, weights, others: [...float.keys(), ...stored.keys()] };
}

function packingOf(
  weight: LinearWeight,
  form: PackedForm,
  { format, checkpoint }: { format: WeightFormat; checkpoint: Checkpoint },
): Packing {
  if (format.kind === 'gptq' || format.kind === 'awq') {
    if (form.kind !== 'blocks') throw new ParlanceError('internal', `${weight.name} is quantised already`);
    return { kind: 'repack', source: integerTensors(checkpoint, weight, format), layout: format, form };
  }
  const source = floatWeight(checkpoint, weight.name, [weight.outputs, weight.inputs]);
  return form.kind === 'blocks'
    ? { kind: 'quantise-blocks', source, form }
    : { kind: 'quantise-channels', source, form };
}
