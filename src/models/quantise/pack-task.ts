import type { Weight } from '../checkpoint.ts';
import type { LinearWeight } from '../layers/product.ts';
import type { StoredTensor } from '../safetensors.ts';
import type { IntegerTensors } from './integer-tensors.ts';
import type { BlockForm, ChannelForm } from './packed-form.ts';
import type { IntegerLayout } from './weight-format.ts';

/** How a weight becomes what it is packed into. */
export type Packing =
  | { readonly kind: 'quantise-blocks'; readonly source: Weight; readonly form: BlockForm }
  | { readonly kind: 'quantise-channels'; readonly source: Weight; readonly form: ChannelForm }
  | {
      readonly kind: 'repack';
      readonly source: IntegerTensors;
      readonly layout: IntegerLayout;
      readonly form: BlockForm;
    };

/** Byte offsets of a packed weight's parts in their file. */
type PartOffsets = { readonly [Part in 'values' | 'scales' | 'zeroPoints' | 'order']?: number };

/** Rows of a weight to be packed; all of them where it is repacked. */
export interface PackRows {
  readonly kind: 'pack';
  readonly weight: LinearWeight;
  readonly packing: Packing;
  readonly offsets: PartOffsets;
  readonly firstRow: number;
  readonly numRows: number;
}

export interface CopyTensor {
  readonly kind: 'copy';
  readonly tensor: StoredTensor;
  readonly byteOffset: number;
}

/** What a worker does at a time. */
export interface PackTask {
  /** That the result is written to. */
  readonly file: string;
  readonly work: PackRows | CopyTensor;
}
