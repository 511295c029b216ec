import { existsSync } from 'node:fs';
import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { ParlanceError } from '../errors/errors.ts';
import { readSafetensorsHeader, type StoredTensor, type StoredType, storedTypes } from './safetensors.ts';

const singleFile = 'model.safetensors';
const indexFile = 'model.safetensors.index.json';
/** In this format or another. */
const weightFiles = /\.(safetensors|bin|pth?|gguf|onnx|h5|msgpack)$/;

const indexSchema = z.object({ weight_map: z.record(z.string(), z.string()) });

/** The weights of a model folder, by name. */
export interface Checkpoint {
  readonly folder: string;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** A tensor of a type that can be computed with. */
export interface Weight extends StoredTensor {
  readonly dtype: StoredType;
}

/** Reads the headers of a folder's safetensors files, and none of the weights.
 * @throws invalid_checkpoint */
export async function openCheckpoint(folder: string): Promise<Checkpoint> {
  if (existsSync(path.join(folder, singleFile)))
    return { folder, tensors: await readSafetensorsHeader(await realpath(path.join(folder, singleFile))) };
  if (existsSync(path.join(folder, indexFile))) return { folder, tensors: await readShards(folder) };
  for (const name of [singleFile, indexFile]) await checkLink(path.join(folder, name));
  const others = (await readdir(folder).catch(() => [])).filter((name) => weightFiles.test(name)).sort();
  throw new ParlanceError(
    'invalid_checkpoint',
    `${folder} has neither ${singleFile} nor ${indexFile}, but ${others[0] ?? 'no weights'}: expected weights as transformers' save_pretrained writes them`,
  );
}

/** Snapshots of the Hub's cache are links, and its files may have been cleared away. @throws invalid_checkpoint */
async function checkLink(file: string): Promise<void> {
  const target = await readlink(file).catch(() => undefined);
  if (target !== undefined)
    throw new ParlanceError(
      'invalid_checkpoint',
      `${file} is a link to ${target}, which is missing: download the model again`,
    );
}

async function readShards(folder: string): Promise<Map<string, StoredTensor>> {
  const file = path.join(folder, indexFile);
  const weightMap = parseIndex(await readFile(file, 'utf8'), file);
  const shardNames = [...new Set(Object.values(weightMap))];
  const shards = new Map(
    await Promise.all(shardNames.map(async (shard) => [shard, await readShard(folder, shard)] as const)),
  );
  const tensors = new Map<string, StoredTensor>();
  for (const [name, shard] of Object.entries(weightMap)) {
    const tensor = shards.get(shard)?.get(name);
    if (tensor === undefined)
      throw new ParlanceError('invalid_checkpoint', `${file} says that ${shard} holds tensor ${name}, but it doesn't`);
    tensors.set(name, tensor);
  }
  return tensors;
}

async function readShard(folder: string, shard: string): Promise<Map<string, StoredTensor>> {
  const file = path.join(folder, shard);
  if (path.basename(shard) !== shard)
    throw new ParlanceError('invalid_checkpoint', `${indexFile} names the shard ${shard}: expected a file name`);
  if (!existsSync(file))
    throw new ParlanceError('invalid_checkpoint', `${file} is missing: ${indexFile} names it as a shard`);
  return readSafetensorsHeader(await realpath(file));
}

function parseIndex(text: string, file: string): Record<string, string> {
  try {
    return indexSchema.parse(JSON.parse(text)).weight_map;
  } catch (cause) {
    throw new ParlanceError('invalid_checkpoint', `${file} is corrupt: expected {"weight_map": {tensor: shard}}`, {
      cause,
    });
  }
}

/** Finds a weight and holds it against the shape that the model's configuration gives it.
 * @throws invalid_checkpoint */
export function weight(checkpoint: Checkpoint, name: string, shape: readonly number[]): Weight {
  const tensor = storedTensor(checkpoint, name, shape);
  if (!isWeight(tensor))
    throw new ParlanceError(
      'invalid_checkpoint',
      `${tensor.file}: tensor ${name} has dtype ${tensor.dtype}, expected one of ${Object.keys(storedTypes).join(', ')}`,
    );
  return tensor;
}

/** Finds a tensor of 32-bit words. @throws invalid_checkpoint */
export function wordTensor(checkpoint: Checkpoint, name: string, shape: readonly number[]): StoredTensor {
  const tensor = storedTensor(checkpoint, name, shape);
  if (tensor.dtype !== 'I32')
    throw new ParlanceError(
      'invalid_checkpoint',
      `${tensor.file}: tensor ${name} has dtype ${tensor.dtype}, expected I32`,
    );
  return tensor;
}

function storedTensor({ folder, tensors }: Checkpoint, name: string, shape: readonly number[]): StoredTensor {
  const tensor = tensors.get(name);
  if (tensor === undefined)
    throw new ParlanceError(
      'invalid_checkpoint',
      `${folder} has no tensor ${name}: expected one of shape [${shape}] in its safetensors files`,
    );
  if (tensor.shape.join() !== shape.join())
    throw new ParlanceError(
      'invalid_checkpoint',
      `${tensor.file}: tensor ${name} has shape [${tensor.shape}], but the model's config.json makes it [${shape}]`,
    );
  return tensor;
}

function isWeight(tensor: StoredTensor): tensor is Weight {
  return Object.hasOwn(storedTypes, tensor.dtype);
}
