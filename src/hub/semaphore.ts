/** Hands out a fixed number of permits, first come, first served. */
export class Semaphore {
  #numFree: number;
  readonly #waiting: (() => void)[] = [];

  constructor(numPermits: number) {
    this.#numFree = numPermits;
  }

  async acquire(): Promise<void> {
    if (this.#numFree > 0) this.#numFree--;
    else await new Promise<void>((granted) => this.#waiting.push(granted));
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#numFree++;
    else next();
  }
}
