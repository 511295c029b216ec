/** How often each token occurs, kept up to date as a sequence grows. */
export class TokenCounts {
  readonly #counts = new Map<number, number>();
  #length = 0;

  constructor(ids: Iterable<number> = []) {
    for (const id of ids) this.add(id);
  }

  /** Tokens in all. */
  get length(): number {
    return this.#length;
  }

  add(id: number): void {
    this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
    this.#length++;
  }

  [Symbol.iterator](): IterableIterator<[id: number, count: number]> {
    return this.#counts.entries();
  }
}
