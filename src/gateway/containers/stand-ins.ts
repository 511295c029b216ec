import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Checkpoint folders by the model that they stand in for, such as HuggingFaceH4/zephyr-7b-beta. */
export type StandIns = ReadonlyMap<string, string>;

type Environment = Readonly<Record<string, string>>;

const MODEL_NAMES = ['HF_MODEL_ID', 'MODEL_ID'];
/** What describes the weights of the model that is stood in for. */
const WEIGHT_NAMES = [
  'HF_MODEL_REVISION',
  'REVISION',
  'HF_MODEL_QUANTIZE',
  'QUANTIZE',
  'DTYPE',
  'SM_NUM_GPUS',
  'NUM_SHARD',
];
/** What was chosen for the number of positions that it has. */
const LENGTH_NAMES = [
  'MAX_TOTAL_TOKENS',
  'MAX_INPUT_LENGTH',
  'MAX_INPUT_TOKENS',
  'MAX_BATCH_PREFILL_TOKENS',
  'MAX_BATCH_TOTAL_TOKENS',
];

/** The environment of a container that serves `folder` where `model` is meant. What belongs to the real model's weights
 * is left out, and so are its lengths where the stand-in has fewer positions. */
export function standInEnvironment(environment: Environment, folder: string): Environment {
  const left = new Set([...MODEL_NAMES, ...WEIGHT_NAMES]);
  const maxPositions = maxPositionsOf(folder);
  const isLonger = LENGTH_NAMES.some((name) => Number(environment[name]) > maxPositions);
  for (const name of isLonger ? LENGTH_NAMES : []) left.add(name);
  const kept = Object.entries(environment).filter(([name]) => !left.has(name));
  return { ...Object.fromEntries(kept), MODEL_ID: folder };
}

/** Infinite where config.json does not say. */
function maxPositionsOf(folder: string): number {
  const config: unknown = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
  const positions = typeof config === 'object' && config !== null && Reflect.get(config, 'max_position_embeddings');
  return typeof positions === 'number' ? positions : Number.POSITIVE_INFINITY;
}
