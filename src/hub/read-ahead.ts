import type { BlobSource } from './blob-source.ts';
import { type RetryPolicy, readReliably } from './retry.ts';
import type { Semaphore } from './semaphore.ts';

/** What the downloads of one model share. */
export interface Transfer {
  /** One permit for each range that is on its way or waits in memory for those before it. */
  readonly connections: Semaphore;
  readonly retry: RetryPolicy;
  readonly signal: AbortSignal;
}

/** With eight connections, up to 128 MiB wait in memory, and as much is lost by a kill. */
const rangeBytes = 16 * 2 ** 20;
const maxRangesOfFile = 8;

/** Reads a file from `start` to its end, in order, over several connections once the source has shown that it has
 * ranges. In order, since a partial file must be a beginning: Python's huggingface_hub goes on from its size. */
export async function* readAhead(source: BlobSource, start: number, transfer: Transfer): AsyncGenerator<Uint8Array> {
  const { signal } = transfer;
  const abort = new AbortController();
  const ranges = { ...transfer, signal: AbortSignal.any([signal, abort.signal]) };
  const firstEnd = Math.min(start + rangeBytes, source.size);
  const ahead: FetchedRange[] = [];
  try {
    yield* consume(new FetchedRange(source, [start, firstEnd], ranges));
    if (!source.servesRanges) {
      yield* readReliably(source, [firstEnd, source.size], transfer.retry, ranges.signal);
      return;
    }
    for (let next = firstEnd; next < source.size || ahead.length > 0; ) {
      for (; next < source.size && ahead.length < maxRangesOfFile; next += rangeBytes)
        ahead.push(new FetchedRange(source, [next, Math.min(next + rangeBytes, source.size)], ranges));
      yield* consume(ahead.shift()!);
    }
  } finally {
    abort.abort();
    for (const range of ahead) range.discard();
  }
}

async function* consume(range: FetchedRange): AsyncGenerator<Uint8Array> {
  try {
    yield* range.chunks();
  } finally {
    range.discard();
  }
}

/** A range that is being fetched, whether or not somebody is there to take it. */
class FetchedRange {
  readonly #connections: Semaphore;
  readonly #chunks: Uint8Array[] = [];
  #state: 'waiting' | 'running' | 'done' | 'discarded' = 'waiting';
  #hasEnded = false;
  #error: unknown;
  #wake = () => {};

  constructor(source: BlobSource, range: readonly [number, number], { connections, retry, signal }: Transfer) {
    this.#connections = connections;
    void this.#fetch(source, range, retry, signal);
  }

  async #fetch(
    source: BlobSource,
    range: readonly [number, number],
    retry: RetryPolicy,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#connections.acquire();
    if (this.#state === 'discarded') return this.#connections.release();
    this.#state = 'running';
    try {
      for await (const chunk of readReliably(source, range, retry, signal)) {
        this.#chunks.push(chunk);
        this.#wake();
      }
    } catch (error) {
      this.#error = error;
    }
    this.#hasEnded = true;
    this.#wake();
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      yield* this.#chunks.splice(0);
      if (this.#chunks.length > 0) continue;
      if (this.#error !== undefined) throw this.#error;
      if (this.#hasEnded) return;
      await new Promise<void>((woken) => {
        this.#wake = woken;
      });
    }
  }

  /** Gives the permit back, once. A range that still waits for its permit returns it when it comes. */
  discard(): void {
    if (this.#state === 'running') this.#connections.release();
    if (this.#state !== 'discarded') this.#state = 'discarded';
  }
}
