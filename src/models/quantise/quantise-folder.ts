import { type Dirent, existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ParlanceError } from '../../errors/errors.ts';
import { openCheckpoint } from '../checkpoint.ts';
import { findFamily } from '../families/find-family.ts';
import { readModelConfigFile } from '../model-config-file.ts';
import { planPacking } from './plan-packing.ts';
import { checkFormat, type PrepareWeightsOptions, prepareWeights } from './prepare-weights.ts';
import type { Quantisation } from './quantisation.ts';
import { packedVersion } from './weight-format.ts';
import { writePacked } from './write-packed.ts';

export interface QuantiseFolderOptions
  extends Pick<PrepareWeightsOptions, 'cacheFolder' | 'numWorkers' | 'onProgress' | 'onNote'> {
  /** Of the checkpoint. */
  readonly folder: string;
  readonly quantisation: Quantisation;
}

const weightName = 'model.safetensors';
const configName = 'config.json';
const templateFolder = 'additional_chat_templates';

/** What a checkpoint brings beside weights: tokenizer, templates, licence. */
function isCarriedOver(entry: Dirent): boolean {
  const isWeights = /\.(safetensors|bin|pt|pth|onnx|gguf|h5|msgpack)(\.index\.json)?$/.test(entry.name);
  if (entry.isDirectory()) return entry.name === templateFolder;
  return !isWeights && entry.name !== configName;
}

/** Packs a checkpoint's weights ahead of its first start, to where that start looks for them.
 * @throws as `prepareWeights` */
export async function quantiseInPlace(options: QuantiseFolderOptions): Promise<void> {
  await prepareWeights({ ...options, ...(await readModel(options.folder)), storedAs: undefined });
}

/** Writes a checkpoint of packed weights, which no longer needs the one that it was made of.
 * @param output a folder, created where it is missing; it gets its config.json last, and is no checkpoint before
 * @throws as `prepareWeights`; invalid_setting where the output holds a checkpoint already */
export async function quantiseTo(output: string, options: QuantiseFolderOptions): Promise<void> {
  const { folder, quantisation } = options;
  const { configFile, decoder, checkpoint } = await readModel(folder);
  checkFormat(decoder.config.weightFormat, { quantisation, storedAs: undefined, checkpoint });
  await mkdir(output, { recursive: true });
  if (existsSync(path.join(output, configName)))
    throw new ParlanceError('invalid_setting', `${output} holds a checkpoint already`, { param: 'output' });
  for (const { name } of (await readdir(folder, { withFileTypes: true })).filter(isCarriedOver))
    await cp(path.join(folder, name), path.join(output, name), { recursive: true, dereference: true });
  const { weights, others } = planPacking(decoder, checkpoint, quantisation);
  const copies = new Map(others.map((name) => [name, checkpoint.tensors.get(name)!]));
  await writeWhole(path.join(output, weightName), (file) => writePacked(file, { ...options, weights, copies }));
  const quantization = { quant_method: 'parlance', quantisation, version: packedVersion };
  const config = { ...JSON.parse(await readFile(configFile.file, 'utf8')), quantization_config: quantization };
  await writeWhole(path.join(output, configName), (file) => writeFile(file, `${JSON.stringify(config, null, 2)}\n`));
}

/** Has a file written under another name, and gives it its own. */
async function writeWhole(file: string, write: (file: string) => Promise<void>): Promise<void> {
  const incomplete = `${file}.incomplete`;
  await write(incomplete);
  await rename(incomplete, file);
}

async function readModel(folder: string) {
  const configFile = await readModelConfigFile(folder);
  const decoder = findFamily(configFile).family.read(configFile);
  return { configFile, decoder, checkpoint: await openCheckpoint(folder) };
}
