import { ParlanceError } from '../errors/errors.ts';

/** The files that are read of a checkpoint, beside its weights. */
const describingFiles = new Set([
  'config.json',
  'generation_config.json',
  'quantize_config.json',
  'quant_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'tokenizer.model',
  'special_tokens_map.json',
  'added_tokens.json',
  'vocab.json',
  'merges.txt',
  'chat_template.json',
  'chat_template.jinja',
]);
const additionalTemplate = /^additional_chat_templates\/[^/]+\.jinja$/;

export const singleWeights = 'model.safetensors';
export const weightsIndex = 'model.safetensors.index.json';

/** Whether the weights are in several files, which the index names. */
export const hasIndex = (paths: readonly string[]): boolean =>
  paths.includes(weightsIndex) && !paths.includes(singleWeights);

/** The small files of a checkpoint that say how to read the rest, the index of the weights among them.
 * @param paths all files of the checkpoint
 * @throws invalid_checkpoint where the weights are missing or in another format */
export function selectDescribingFiles(paths: readonly string[], name: string): string[] {
  if (!paths.includes('config.json'))
    throw new ParlanceError('invalid_checkpoint', `${name} has no config.json: expected a model of transformers`);
  if (!paths.includes(singleWeights) && !hasIndex(paths)) throw unreadableWeights(paths, name);
  return paths.filter(
    (path) => describingFiles.has(path) || additionalTemplate.test(path) || (path === weightsIndex && hasIndex(paths)),
  );
}

/** The files of the weights.
 * @param index text of the index, where the checkpoint has more than the single file @throws invalid_checkpoint */
export function selectWeights(paths: readonly string[], index: string | undefined, name: string): string[] {
  if (index === undefined) return [singleWeights];
  const shards = shardsOf(index, `${name}: ${weightsIndex}`);
  const missing = shards.find((shard) => !paths.includes(shard));
  if (missing !== undefined)
    throw new ParlanceError('invalid_checkpoint', `${name} lacks ${missing}, which ${weightsIndex} names as a shard`);
  return shards;
}

/** @throws invalid_checkpoint */
export function shardsOf(index: string, file: string): string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(index);
  } catch {
    parsed = undefined;
  }
  const map = typeof parsed === 'object' && parsed !== null && 'weight_map' in parsed ? parsed.weight_map : undefined;
  const shards = typeof map === 'object' && map !== null ? [...new Set(Object.values(map))] : [];
  if (shards.length === 0 || !shards.every((shard) => typeof shard === 'string'))
    throw new ParlanceError('invalid_checkpoint', `${file} is corrupt: expected {"weight_map": {tensor: shard}}`);
  return shards;
}

function unreadableWeights(paths: readonly string[], name: string): ParlanceError {
  const other = paths.find((path) => /\.(safetensors|bin|pth?|gguf|onnx|h5|msgpack)$/.test(path));
  const found =
    other === undefined
      ? 'no weights'
      : `its weights in another form (${other}): load and save it with transformers' save_pretrained, or name a copy in safetensors`;
  return new ParlanceError(
    'invalid_checkpoint',
    `${name} has neither ${singleWeights} nor ${weightsIndex}, but ${found}`,
  );
}
