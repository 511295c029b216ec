import type { LinearWeight } from '../layers/linear.ts';
import type { PackedForm } from './packed-form.ts';
import type { Quantisation } from './quantisation.ts';

/** What a weight is packed into.
 * The head stays at 8 bits where the layers have 4: its errors go straight into the logits. */
export function chooseForm({ isHead }: LinearWeight, quantisation: Quantisation): PackedForm {
  if (quantisation === 'w8a8') return { kind: 'channels' };
  const blocks = { kind: 'blocks', blockSize: 32, isPermuted: false } as const;
  if (quantisation === 'int8' || isHead) return { ...blocks, bits: 8, hasZeroPoints: false };
  return { ...blocks, bits: 4, hasZeroPoints: true };
}
