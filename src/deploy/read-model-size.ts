import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { ParlanceError } from '../errors/errors.ts';
import type { BlobSource } from '../hub/blob-source.ts';
import type { CheckpointListing } from '../hub/checkpoint-listing.ts';
import { listHubFiles } from '../hub/hub-client.ts';
import { parseHubModel } from '../hub/hub-model.ts';
import type { HubSettings } from '../hub/hub-settings.ts';
import { defaultRetryPolicy, readReliably, withRetries } from '../hub/retry.ts';
import { hasIndex, selectWeights, weightsIndex } from '../hub/select-files.ts';
import type { ModelSize } from './model-fit.ts';

const headerSchema = z.record(z.string(), z.looseObject({ shape: z.array(z.int().min(0)).optional() }));
const count = z.int().positive();
const configSchema = z.looseObject({
  num_hidden_layers: count.optional(),
  num_attention_heads: count.optional(),
  num_key_value_heads: count.nullish(),
  hidden_size: count.optional(),
  head_dim: count.nullish(),
  max_position_embeddings: count.optional(),
});

/** 8 bytes of header length; no header of a model is larger than this. */
const maxHeaderBytes = 100 * 2 ** 20;
const maxAttempts = 3;

/** Reads a model's size on the Hub: its config.json and the headers of its weights, a few hundred kilobytes however large
 * it is. Tells on the way whether the token may read the model.
 * @throws invalid_setting, download_failed, invalid_checkpoint as a download would */
export async function readModelSize(
  id: string,
  revision: string | undefined,
  settings: HubSettings,
  signal: AbortSignal = new AbortController().signal,
): Promise<ModelSize> {
  const policy = { ...defaultRetryPolicy, maxAttempts };
  const model = parseHubModel(id, revision);
  const listing = await withRetries(policy, signal, () => listHubFiles(model, settings, signal));
  const read = async (path: string, range?: readonly [number, number]): Promise<Buffer> => {
    const file: BlobSource = await withRetries(policy, signal, () => listing.file(path, signal));
    return buffer(readReliably(file, range ?? [0, file.size], policy, signal));
  };
  const [config, numParameters] = await Promise.all([read('config.json'), countParameters(listing, read)]);
  return { numParameters, ...cacheShape(config.toString('utf8'), id) };
}

type Read = (path: string, range?: readonly [number, number]) => Promise<Buffer>;

async function countParameters({ paths, name }: CheckpointListing, read: Read): Promise<number> {
  const index = hasIndex(paths) ? (await read(weightsIndex)).toString('utf8') : undefined;
  let total = 0;
  for (const shard of selectWeights(paths, index, name)) total += await countInFile(shard, name, read);
  return total;
}

/** @see https://huggingface.co/docs/safetensors — 8 bytes of header length, then JSON */
async function countInFile(path: string, name: string, read: Read): Promise<number> {
  const headerBytes = Number((await read(path, [0, 8])).readBigUInt64LE());
  if (headerBytes > maxHeaderBytes)
    throw new ParlanceError('invalid_checkpoint', `${name}: ${path} says its header has ${headerBytes} bytes`);
  const header = headerSchema.safeParse(parseJson((await read(path, [8, 8 + headerBytes])).toString('utf8')));
  if (!header.success)
    throw new ParlanceError('invalid_checkpoint', `${name}: ${path} has a corrupt header: expected JSON of tensors`);
  const shapes = Object.values(header.data).flatMap(({ shape }) => (shape ? [shape] : []));
  return shapes.reduce((sum, shape) => sum + shape.reduce((product, dimension) => product * dimension, 1), 0);
}

/** What config.json says of keys and values; nothing for an architecture that spells it otherwise. */
function cacheShape(text: string, id: string): Omit<ModelSize, 'numParameters'> {
  const parsed = configSchema.safeParse(parseJson(text));
  if (!parsed.success)
    throw new ParlanceError('invalid_checkpoint', `${id}: config.json is corrupt: expected an object`);
  const { num_hidden_layers: numLayers, num_attention_heads: numHeads, hidden_size: hiddenSize } = parsed.data;
  const maxPositions = parsed.data.max_position_embeddings;
  if (numLayers === undefined || numHeads === undefined || hiddenSize === undefined) return { maxPositions };
  const numKvHeads = parsed.data.num_key_value_heads ?? numHeads;
  const headDim = parsed.data.head_dim ?? hiddenSize / numHeads;
  return { maxPositions, kvBytesPerToken: 2 * numLayers * numKvHeads * headDim * 4 };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
