import { ParlanceError } from '../../errors/errors.ts';
import { type Checkpoint, weight as floatWeight } from '../checkpoint.ts';
import type { LinearWeight } from '../layers/linear.ts';
import { integerTensors } from './integer-tensors.ts';
import type { Packing } from './pack-task.ts';
import type { PackedForm } from './packed-form.ts';
import type { WeightFormat } from './weight-format.ts';

/** Settles how a weight is packed. @throws invalid_checkpoint where its tensors are missing or misshapen */
export function planPacking(
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
