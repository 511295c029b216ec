import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How long a thread has to rest before its garbage is worth looking for. */
const REST_MS = 250;
/** What is left lying: to collect it would cost more than it frees. */
const MIN_GROWTH_BYTES = 2 * 2 ** 20;

/** Collects its thread's garbage once the thread has rested. V8 does so only when it allocates, so that a server that
 * waits would hold what its last burst left behind, burst for burst in another place. */
export class IdleCollector {
  readonly #collect: () => void;
  #timer: NodeJS.Timeout | undefined;
  #heapBytes = 0;

  /** @param collect ends with a full collection @default V8's own */
  constructor(collect: () => void = fullCollection()) {
    this.#collect = collect;
  }

  /** Something is to be done: no collection before the next rest. */
  work(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Nothing is left to do. */
  rest(): void {
    this.#timer ??= setTimeout(() => this.#collectGrowth(), REST_MS).unref();
  }

  #collectGrowth(): void {
    this.#timer = undefined;
    if (getHeapStatistics().used_heap_size - this.#heapBytes < MIN_GROWTH_BYTES) return;
    this.#collect();
    this.#heapBytes = getHeapStatistics().used_heap_size;
  }
}

/** V8 offers `gc` to contexts that are made while its flag is set. */
function fullCollection(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}
