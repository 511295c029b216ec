import { join } from 'node:path';
import { WorkerPool } from '../system/worker-pool.ts';
import type { Encoding } from './types.ts';

export interface EncodeTask {
  readonly text: string;
  readonly addSpecialTokens: boolean;
  readonly withOffsets: boolean;
}

export interface EncodedPrompt {
  readonly ids: Uint32Array<ArrayBuffer>;
  /** Flat [start0, end0, start1, …] in Unicode code points. */
  readonly offsets?: Uint32Array<ArrayBuffer>;
}

/** Text to token ids, in worker threads. A lone surrogate counts as U+FFFD, one code point. */
export interface Encoder {
  encode(text: string, addSpecialTokens: boolean, signal?: AbortSignal): Promise<number[]>;
  encodeWithOffsets(text: string, addSpecialTokens: boolean): Promise<Encoding>;
  close(): Promise<void>;
}

/** Of libuv's threads, 4 unless UV_THREADPOOL_SIZE says more, those that encoding leaves alone. */
const NUM_FREE_THREADS = 2;

/** How many workers may encode at once: the library does so in libuv's threads, where files are read, names are looked up
 * and the text of every stream is decoded, too. */
export function numEncoders(numWorkers: number, numThreads = Number(process.env.UV_THREADPOOL_SIZE) || 4): number {
  return Math.max(1, Math.min(numWorkers, numThreads - NUM_FREE_THREADS));
}

/** Starts the workers on a folder's `tokenizer.json`, which `loadTokenizer` has found sound.
 * @throws internal where they can't start */
export async function startEncoder(folder: string, numWorkers: number): Promise<Encoder> {
  const pool = new WorkerPool<EncodeTask, EncodedPrompt>({
    entry: 'text/encoder-worker',
    workerData: join(folder, 'tokenizer.json'),
    numWorkers: numEncoders(numWorkers),
    failure: {
      code: 'internal',
      timedOut: 'tokenizing took too long',
      died: 'the tokenizer worker ended unexpectedly',
    },
  });
  await pool.start();
  return {
    async encode(text, addSpecialTokens, signal) {
      const { ids } = await pool.run({ text, addSpecialTokens, withOffsets: false }, signal);
      return Array.from(ids);
    },
    async encodeWithOffsets(text, addSpecialTokens) {
      const { ids, offsets } = await pool.run({ text, addSpecialTokens, withOffsets: true });
      return { ids: Array.from(ids), offsets: pairs(offsets!) };
    },
    close: () => pool.close(),
  };
}

function pairs(flat: Uint32Array): (readonly [number, number])[] {
  const result: (readonly [number, number])[] = [];
  for (let i = 0; i < flat.length; i += 2) result.push([flat[i]!, flat[i + 1]!]);
  return result;
}
