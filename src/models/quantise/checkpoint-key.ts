import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Checkpoint } from '../checkpoint.ts';

/** Places in a file whose bytes are part of its identity. */
const numSamples = 32;
const sampleBytes = 4096;

/** Identifies what a checkpoint's files hold, without reading them whole: by their headers and sizes, and by the Hub's
 * content hash where a file is named by it, else by when it was changed and by samples of it.
 * @param purpose what is made of the files @returns hexadecimal */
export async function checkpointKey({ tensors }: Checkpoint, purpose: string): Promise<string> {
  const hash = createHash('sha256').update(purpose);
  for (const [name, { file, dtype, shape, byteOffset }] of tensors)
    hash.update(JSON.stringify([name, basename(file), dtype, shape, byteOffset]));
  const files = [...new Set([...tensors.values()].map(({ file }) => file))].sort();
  for (const file of files) hash.update(await fileIdentity(file));
  return hash.digest('hex').slice(0, 24);
}

async function fileIdentity(file: string): Promise<string> {
  const { size, mtimeNs } = await stat(file, { bigint: true });
  if (basename(dirname(file)) === 'blobs' && /^[0-9a-f]{40,64}$/.test(basename(file))) return `${size}`;
  const hash = createHash('sha256').update(`${size} ${mtimeNs}`);
  const handle = await open(file, 'r');
  try {
    for (let sample = 0; sample < numSamples; sample++) {
      const position = Math.floor((Number(size) * sample) / numSamples);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, position);
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}
