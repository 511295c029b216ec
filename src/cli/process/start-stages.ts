interface Stage {
  readonly name: string;
  readonly beganAtMs: number;
  /** How far it is, where that is known. */
  progress: string | undefined;
}

/** How far the start of a server is: what its health check says, and its log. */
export class StartStages {
  readonly #now: () => number;
  readonly #stages: [Stage, ...Stage[]];

  /** @param first what is done from now on
   * @param now milliseconds */
  constructor(first: string, now: () => number) {
    this.#now = now;
    this.#stages = [{ name: first, beganAtMs: now(), progress: undefined }];
  }

  /** The stage before has ended, or this one goes on. @param progress such as `40 %` */
  begin(name: string, progress?: string): void {
    if (name === this.#current.name) this.#current.progress = progress;
    else this.#stages.push({ name, beganAtMs: this.#now(), progress });
  }

  /** Since the start. */
  get elapsedMs(): number {
    return this.#now() - this.#stages[0].beganAtMs;
  }

  /** @returns such as `packing the weights (40 %), for 3.2 s, 5.0 s after the start` */
  describe(): string {
    const { name, beganAtMs, progress } = this.#current;
    const far = progress === undefined ? '' : ` (${progress})`;
    return `${name}${far}, for ${inSeconds(this.#now() - beganAtMs)}, ${inSeconds(this.elapsedMs)} after the start`;
  }

  /** @returns what each stage took until now, such as `finding the model 0.1 s, loading the weights 3.2 s` */
  summary(): string {
    const end = this.#now();
    return this.#stages
      .map(({ name, beganAtMs }, i) => `${name} ${inSeconds((this.#stages[i + 1]?.beganAtMs ?? end) - beganAtMs)}`)
      .join(', ');
  }

  get #current(): Stage {
    return this.#stages.at(-1)!;
  }
}

export const inSeconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
