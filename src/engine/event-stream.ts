interface Waiter<T> {
  readonly resolve: (result: IteratorResult<T>) => void;
  readonly reject: (error: unknown) => void;
}

/** Events from one producer to one consumer. Leaving the loop takes effect at once, also while an event is awaited,
 * which an async generator would not do. */
export class EventStream<T> implements AsyncIterableIterator<T> {
  readonly #onReturn: () => void;
  readonly #events: T[] = [];
  readonly #waiters: Waiter<T>[] = [];
  #end: { readonly error?: unknown } | undefined;

  /** @param onReturn called when the consumer leaves before the end */
  constructor(onReturn: () => void) {
    this.#onReturn = onReturn;
  }

  /** After the end nothing is taken any more. */
  push(event: T): void {
    if (this.#end !== undefined) return;
    const waiter = this.#waiters.shift();
    if (waiter === undefined) this.#events.push(event);
    else waiter.resolve({ done: false, value: event });
  }

  /** Ends the stream after the events that were pushed. */
  end(): void {
    this.#close({});
  }

  /** As {@link end}, and the consumer meets the error, once. */
  fail(error: unknown): void {
    this.#close({ error });
  }

  /** As {@link fail}, and at once: events that were not taken are dropped. */
  abort(reason: unknown): void {
    if (this.#end === undefined) this.#events.length = 0;
    this.#close({ error: reason });
  }

  next(): Promise<IteratorResult<T>> {
    const event = this.#events.shift();
    if (event !== undefined) return Promise.resolve({ done: false, value: event });
    if (this.#end === undefined) return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
    const { error } = this.#end;
    this.#end = {};
    return error === undefined ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(error);
  }

  return(): Promise<IteratorResult<T>> {
    const isEarly = this.#end === undefined;
    this.#events.length = 0;
    this.#close({});
    if (isEarly) this.#onReturn();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #close(end: { error?: unknown }): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    for (const waiter of this.#waiters.splice(0)) void this.next().then(waiter.resolve, waiter.reject);
  }
}
