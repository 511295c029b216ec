/** Stop strings as one automaton (Aho–Corasick): reading a character costs the same however many there are. Built once a
 * request; {@link StopCursor}s read texts with it. Lengths and positions are in UTF-16 units. */
export class StopStrings {
  readonly #children: Map<number, number>[] = [new Map()];
  readonly #failures: number[] = [0];
  readonly #depths: number[] = [0];
  readonly #matchLengths: number[] = [-1];

  constructor(strings: readonly string[]) {
    for (const string of strings) this.#insert(string);
    this.#link();
  }

  /** The state after one more character; 0 is the state before the first. */
  next(state: number, code: number): number {
    for (let from = state; ; from = this.#failures[from]!) {
      const child = this.#children[from]!.get(code);
      if (child !== undefined) return child;
      if (from === 0) return 0;
    }
  }

  /** How much of the end of the text read may be the start of a stop string. */
  depth(state: number): number {
    return this.#depths[state]!;
  }

  /** The length of the longest stop string that the text read ends with, -1 where there is none. */
  matchLength(state: number): number {
    return this.#matchLengths[state]!;
  }

  #insert(string: string): void {
    let state = 0;
    for (let i = 0; i < string.length; i++) {
      const children = this.#children[state]!;
      let child = children.get(string.charCodeAt(i));
      if (child === undefined) {
        child = this.#children.length;
        children.set(string.charCodeAt(i), child);
        this.#children.push(new Map());
        this.#failures.push(0);
        this.#depths.push(i + 1);
        this.#matchLengths.push(-1);
      }
      state = child;
    }
    this.#matchLengths[state] = string.length;
  }

  /** Breadth first: what a state falls back to is shorter, and so is linked before it. */
  #link(): void {
    const queue = [0];
    for (const state of queue) {
      for (const [code, child] of this.#children[state]!) {
        if (state !== 0) this.#failures[child] = this.next(this.#failures[state]!, code);
        if (this.#matchLengths[child] === -1) this.#matchLengths[child] = this.#matchLengths[this.#failures[child]!]!;
        queue.push(child);
      }
    }
  }
}

/** Where one text stands among the stop strings. */
export class StopCursor {
  readonly #stops: StopStrings;
  #state = 0;
  #stateBeforeNewline = -1;

  constructor(stops: StopStrings) {
    this.#stops = stops;
  }

  read(text: string): void {
    for (let i = 0; i < text.length; i++) this.#step(text.charCodeAt(i));
  }

  /** Reads up to the end of the first stop string. @returns how much was read, undefined where there was none */
  readUntilStop(text: string): number | undefined {
    for (let i = 0; i < text.length; i++) {
      this.#step(text.charCodeAt(i));
      if (this.#stops.matchLength(this.#state) > 0) return i + 1;
    }
    return undefined;
  }

  /** How much of the text's end may be the start of a stop string. */
  get pendingLength(): number {
    return this.#stops.depth(this.#state);
  }

  /** The length of the stop string that the text ends with, longest first, undefined where there is none. As in TGI,
   * whose pattern ends in Python's `$`, one newline may follow it, and is counted. */
  get stopLength(): number | undefined {
    const length = this.#stops.matchLength(this.#state);
    if (length >= 0) return length;
    const before = this.#stateBeforeNewline < 0 ? -1 : this.#stops.matchLength(this.#stateBeforeNewline);
    return before < 0 ? undefined : before + 1;
  }

  #step(code: number): void {
    this.#stateBeforeNewline = code === NEWLINE ? this.#state : -1;
    this.#state = this.#stops.next(this.#state, code);
  }
}

const NEWLINE = 0x0a;
