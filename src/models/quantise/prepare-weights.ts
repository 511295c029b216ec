import { ParlanceError } from '../../errors/errors.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { Decoder } from '../families/family.ts';
import type { Multiply } from '../layers/decoder-graph.ts';
import { multiplyFloats } from '../layers/linear.ts';
import { checkpointKey } from './checkpoint-key.ts';
import { multiplyPacked } from './multiply-packed.ts';
import { planPacking } from './plan-packing.ts';
import type { Quantisation } from './quantisation.ts';
import { openSidecar } from './sidecar.ts';
import { packedVersion, type WeightFormat } from './weight-format.ts';
import { packedFileBytes, writePacked } from './write-packed.ts';

export interface PrepareWeightsOptions {
  readonly decoder: Decoder;
  readonly checkpoint: Checkpoint;
  /** undefined: as the checkpoint has them */
  readonly quantisation: Quantisation | undefined;
  /** What the checkpoint has to be quantised by. */
  readonly storedAs: 'gptq' | 'awq' | undefined;
  /** Holds packed weights where the checkpoint's folder can't. */
  readonly cacheFolder: string;
  readonly numWorkers: number;
  /** As weights are packed. @param share of them that is done */
  readonly onProgress: (share: number) => void;
  readonly onNote: (note: string) => void;
}

/** What a decoder's graph is built with. */
export interface PreparedWeights {
  /** With the packed weights, where there are any. */
  readonly checkpoint: Checkpoint;
  readonly multiply: Multiply;
}

/** Has the weights of linear layers packed as asked for, or finds them packed.
 * @throws invalid_setting, unsupported_model, invalid_checkpoint */
export async function prepareWeights(options: PrepareWeightsOptions): Promise<PreparedWeights> {
  const { decoder, checkpoint, quantisation, onNote } = options;
  const format = decoder.config.weightFormat;
  checkFormat(format, options);
  const { forms, weights } = planPacking(decoder, checkpoint, quantisation);
  if (forms.size === 0) return { checkpoint, multiply: multiplyFloats };
  const accuracyLevel = accuracyLevels[format.kind];
  if (weights.length === 0) return { checkpoint, multiply: multiplyPacked({ checkpoint, forms, accuracyLevel }) };
  const content = { weights, copies: new Map() };
  const sidecar = await openSidecar({
    folder: checkpoint.folder,
    cacheFolder: options.cacheFolder,
    kind: quantisation ?? format.kind,
    key: await checkpointKey(checkpoint, JSON.stringify([packedVersion, format, [...forms]])),
    fileBytes: packedFileBytes(content),
    write: (file) => writePacked(file, { ...options, ...content }),
    onWait: (folder) => onNote(`another process is packing the weights into ${folder}: waiting for it`),
  });
  const packed = { ...checkpoint, tensors: new Map([...checkpoint.tensors, ...sidecar]) };
  return { checkpoint: packed, multiply: multiplyPacked({ checkpoint: packed, forms, accuracyLevel }) };
}

/** Whoever has weights quantised as they are loaded wants speed; a checkpoint that came quantised is computed as exactly as
 * its authors measured it. */
const accuracyLevels = { floats: 4, packed: 4, gptq: 1, awq: 1 } as const;

type Asked = Pick<PrepareWeightsOptions, 'quantisation' | 'storedAs' | 'checkpoint'>;

/** @throws invalid_setting where what is asked for is not what the checkpoint is */
export function checkFormat(format: WeightFormat, { quantisation, storedAs, checkpoint: { folder } }: Asked): void {
  if (storedAs !== undefined && format.kind !== storedAs)
    throw new ParlanceError(
      'invalid_setting',
      `quantize is ${storedAs}, but ${folder}/config.json has no quantization_config of ${storedAs}: ${format.kind === 'floats' ? 'int4 packs the weights of any checkpoint' : 'leave it out'}`,
      { param: 'quantize' },
    );
  if (quantisation === undefined || format.kind === 'floats') return;
  if (format.kind === 'packed' && format.quantisation === quantisation) return;
  const kind = format.kind === 'packed' ? format.quantisation : `${format.kind}, ${format.bits} bits`;
  throw new ParlanceError(
    'invalid_setting',
    `quantize is ${quantisation}, but the weights in ${folder} are quantised already (${kind}): leave it out`,
    { param: 'quantize' },
  );
}
