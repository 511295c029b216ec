import { ParlanceError } from '../errors/errors.ts';

/** Permits for generations: how many run at once, and whether new ones are still taken. */
export class Admission {
  readonly #maxConcurrent: number;
  #numAdmitted = 0;
  #isDraining = false;
  #onIdle: (() => void) | undefined;

  constructor(maxConcurrent: number) {
    this.#maxConcurrent = maxConcurrent;
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  get numAdmitted(): number {
    return this.#numAdmitted;
  }

  /** Takes all of `count` permits or none.
   * @returns gives them back; further calls do nothing
   * @throws overloaded, or unavailable once draining */
  admit(count: number): () => void {
    if (this.#isDraining) throw new ParlanceError('unavailable', 'the server is shutting down');
    if (this.#numAdmitted + count > this.#maxConcurrent) throw new ParlanceError('overloaded', 'Model is overloaded');
    this.#numAdmitted += count;
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      this.#numAdmitted -= count;
      if (this.#numAdmitted === 0) this.#onIdle?.();
    };
  }

  /** Refuses new generations from now on; resolves when those admitted have ended. */
  drain(): Promise<void> {
    this.#isDraining = true;
    if (this.#numAdmitted === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const previous = this.#onIdle;
      this.#onIdle = () => {
        previous?.();
        resolve();
      };
    });
  }
}
