import { ParlanceError } from '../../errors/errors.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { LinearWeight } from '../layers/product.ts';
import type { BlockForm, PackedForm } from './packed-form.ts';
import type { Quantisation } from './quantisation.ts';
import type { IntegerLayout, WeightFormat } from './weight-format.ts';

/** The kernel rounds activations in the same blocks: smaller ones are more exact, larger ones faster. */
const quantisedBlock = 32;
const [leastBlock, mostBlock] = [16, 128];

/** Settles what each linear weight is packed into; one that is not in the result is computed in float32.
 * @param quantisation of a checkpoint that stores floats
 * @throws unsupported_model */
export function chooseForms(
  weights: Iterable<LinearWeight>,
  { format, checkpoint }: { format: WeightFormat; checkpoint: Checkpoint },
  quantisation: Quantisation | undefined,
): Map<string, PackedForm> {
  const all = [...weights];
  if (format.kind === 'gptq' || format.kind === 'awq') {
    const packed = all.filter(({ name }) => checkpoint.tensors.has(integerNames(name).levels));
    return new Map(packed.map((weight) => [weight.name, integerForm(weight, format)]));
  }
  const chosen = format.kind === 'packed' ? format.quantisation : quantisation;
  if (chosen === undefined) return new Map();
  if (chosen === 'w8a8') return new Map(all.map(({ name }) => [name, { kind: 'channels' }]));
  const lastLayer = Math.max(...all.map(({ name }) => layerOf(name) ?? 0));
  return new Map(all.map((weight) => [weight.name, blockForm(weight, chosen, lastLayer)]));
}

/** int4 keeps 8 bits where its errors cost most: in the first and the last layer, the head, and the values of attention. On
 * the demo model that divides the divergence from float32 by five. */
function blockForm({ name, isHead }: LinearWeight, quantisation: 'int8' | 'int4', lastLayer: number): BlockForm {
  const layer = layerOf(name);
  const isSensitive = isHead || layer === undefined || layer === 0 || layer === lastLayer || /v_proj/.test(name);
  const bits = quantisation === 'int4' && !isSensitive ? 4 : 8;
  return { kind: 'blocks', bits, blockSize: quantisedBlock, hasZeroPoints: bits === 4, isPermuted: false };
}

/** @returns the first number in a weight's name; undefined for one that belongs to no layer */
function layerOf(name: string): number | undefined {
  const digits = /\.(\d+)\./.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** A group whose size is no power of two is several blocks with the same scale. */
function integerForm(
  { name, inputs }: LinearWeight,
  { bits, groupSize = inputs, isActOrder }: IntegerLayout,
): BlockForm {
  let blockSize = leastBlock;
  while (blockSize < mostBlock && (groupSize >= inputs || groupSize % (2 * blockSize) === 0)) blockSize *= 2;
  if (groupSize < inputs && groupSize % blockSize !== 0)
    throw new ParlanceError(
      'unsupported_model',
      `${name} is quantised in groups of ${groupSize}: expected a multiple of ${leastBlock}`,
    );
  return { kind: 'blocks', bits: bits === 8 ? 8 : 4, blockSize, hasZeroPoints: true, isPermuted: isActOrder };
}

/** The tensors that GPTQ and AWQ store in the place of a weight. */
export function integerNames(weightName: string) {
  const base = weightName.replace(/\.weight$/, '');
  return {
    levels: `${base}.qweight`,
    zeroPoints: `${base}.qzeros`,
    scales: `${base}.scales`,
    groups: `${base}.g_idx`,
  };
}
