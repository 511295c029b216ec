import { z } from 'zod';
import { ParlanceError } from '../errors/errors.ts';
import { parseHubModel } from '../hub/hub-model.ts';
import type { HubSettings } from '../hub/hub-settings.ts';
import { lengthBytes, openRemoteCheckpoint, type RemoteCheckpoint } from '../hub/remote-checkpoint.ts';
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

/** Reads a model's size on the Hub, from its config.json and the headers of its weights: of an architecture that is not
 * served, too.
 * @throws invalid_setting, download_failed, invalid_checkpoint as a download would */
export async function readModelSize(
  id: string,
  revision: string | undefined,
  settings: HubSettings,
): Promise<ModelSize> {
  const remote = await openRemoteCheckpoint(parseHubModel(id, revision), settings);
  const config = await remote.read(await remote.find('config.json'));
  let numParameters = 0;
  for (const path of remote.weights) numParameters += await countParameters(path, remote);
  return { numParameters, ...cacheShape(config.toString('utf8'), id) };
}

async function countParameters(path: string, remote: RemoteCheckpoint): Promise<number> {
  const json = (await remote.readHeader(await remote.find(path))).subarray(lengthBytes).toString('utf8');
  const header = headerSchema.safeParse(parseJson(json));
  if (!header.success)
    throw new ParlanceError(
      'invalid_checkpoint',
      `${remote.name}: ${path} has a corrupt header: expected JSON of tensors`,
    );
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
