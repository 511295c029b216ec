import { numElements } from '../../runtime/element-types.ts';
import { type Checkpoint, weight } from '../checkpoint.ts';
import type { Decoder } from '../families/family.ts';
import { chooseForms } from './choose-forms.ts';
import { listWeights } from './list-weights.ts';
import { packedBytes, packedParts, partsOf } from './packed-form.ts';
import type { Quantisation } from './quantisation.ts';

/** What a checkpoint's weights take once it is loaded. */
export interface WeightBytes {
  /** Memory of the process: linear layers in the order that the kernels like best, norms, biases. */
  readonly resident: number;
  /** Embeddings, mapped from their file: of these the kernel keeps what it has room for. */
  readonly mapped: number;
}

const float32Bytes = 4;

/** Works out from shapes alone what weights will take; of the checkpoint only its tensors' shapes and types are read.
 * @param quantisation what is asked for; undefined for the weights as the checkpoint has them
 * @throws unsupported_model; invalid_checkpoint for a weight that is missing or misshapen */
export function weightBytes(
  decoder: Decoder,
  checkpoint: Checkpoint,
  quantisation: Quantisation | undefined,
): WeightBytes {
  const { linear, float, stored } = listWeights(decoder, checkpoint);
  const forms = chooseForms(linear.values(), { format: decoder.config.weightFormat, checkpoint }, quantisation);
  const sum = (sizes: Iterable<number>) => [...sizes].reduce((total, size) => total + size, 0);
  const floats = sum([...float.values()].map((shape) => numElements(shape) * float32Bytes));
  const linears = [...linear.values()].map((each) => {
    const form = forms.get(each.name);
    if (form === undefined) return each.outputs * each.inputs * float32Bytes;
    const parts = packedParts(each, form);
    // Measured on 7 billion parameters: the kernel for 8-bit activations keeps a sum beside the scale of each block.
    const blockSums = form.kind === 'blocks' ? packedBytes(parts.scales) : 0;
    return sum(partsOf(parts).map(packedBytes)) + blockSums;
  });
  const mapped = sum([...stored].map(([name, shape]) => weight(checkpoint, name, shape).byteLength));
  return { resident: floats + sum(linears), mapped };
}
