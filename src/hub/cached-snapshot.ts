import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileSize, type RepositoryCache, readRef, snapshotFolder } from './repository-cache.ts';
import { shardsOf, singleWeights, weightsIndex } from './select-files.ts';

/** The folder of a snapshot that can be served without the network: config and weights are all there.
 * @throws invalid_checkpoint where its index of the weights is corrupt */
export async function findCachedSnapshot(cache: RepositoryCache, revision: string): Promise<string | undefined> {
  const commit = await readRef(cache, revision);
  if (commit === undefined) return undefined;
  const folder = snapshotFolder(cache, commit);
  return (await isComplete(folder)) ? folder : undefined;
}

/** Whether a folder has a config and all files of its weights. @throws invalid_checkpoint */
export async function isComplete(folder: string): Promise<boolean> {
  const has = async (path: string) => (await fileSize(join(folder, path))) !== undefined;
  if (!(await has('config.json'))) return false;
  if (await has(singleWeights)) return true;
  if (!(await has(weightsIndex))) return false;
  const shards = shardsOf(await readFile(join(folder, weightsIndex), 'utf8'), join(folder, weightsIndex));
  const present = await Promise.all(shards.map(has));
  return present.every(Boolean);
}
