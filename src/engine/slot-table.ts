import type { Sequence } from './sequence.ts';

/** What has to happen to the KV cache before the next run, in this order. */
export type SlotOperation =
  | { readonly type: 'copy'; readonly from: number; readonly to: number; readonly length: number }
  | { readonly type: 'trim'; readonly slot: number; readonly length: number };

interface Slot {
  readonly index: number;
  owner: Sequence | undefined;
  /** Whether the owner takes part in decoding. */
  isRow: boolean;
  /** What a free slot still holds: the prefix of a finished sequence. */
  cached: readonly number[];
  /** Positions that may take memory: all that its owner reserved, or the cached ones. */
  numCommitted: number;
  /** Rises with each use. */
  lastUsed: number;
}

/** Which sequence owns which slot, and what the slots hold: accounting without tensors.
 *
 * Decoding computes slots 0 … numRows − 1, so rows are kept together: {@link compact} moves the last rows into the gaps
 * that finished ones leave. What a finished sequence leaves in a slot stays for reuse; where its slot is needed, it moves
 * to an empty slot, or to that of the oldest prefix. A copy costs milliseconds where computing the prefix costs seconds.
 * Reserved and cached tokens together never exceed `maxTokens`: the oldest prefixes are given back first. */
export class SlotTable {
  readonly #slots: readonly Slot[];
  readonly #maxTokens: number;
  readonly #slotOf = new Map<Sequence, Slot>();
  #operations: SlotOperation[] = [];
  #clock = 0;

  constructor(numSlots: number, maxTokens: number) {
    this.#maxTokens = maxTokens;
    this.#slots = Array.from({ length: numSlots }, (_, index) => ({
      index,
      owner: undefined,
      isRow: false,
      cached: [],
      numCommitted: 0,
      lastUsed: 0,
    }));
  }

  /** The sequences that decode, in the order of their slots. */
  rows(): Sequence[] {
    return this.#slots.flatMap((slot) => (slot.isRow && slot.owner !== undefined ? [slot.owner] : []));
  }

  /** @returns undefined for a sequence without a slot */
  slotOf(sequence: Sequence): number | undefined {
    return this.#slotOf.get(sequence)?.index;
  }

  /** The tokens whose keys and values a slot holds. */
  content(index: number): readonly number[] {
    const { owner, cached } = this.#slots[index]!;
    return owner === undefined ? cached : owner.tokens.slice(0, owner.numComputed);
  }

  /** Tokens that take memory: reserved by owners, or cached. */
  get numTokens(): number {
    return this.#slots.reduce((sum, slot) => sum + slot.numCommitted, 0);
  }

  /** Gives a sequence the slot after the rows, which must be compact and the only owners, and sets its `numComputed` to
   * the prefix it found: the longest that any slot holds, all but the last prompt token at most. */
  acquire(sequence: Sequence): void {
    const target = this.#slots[this.#slotOf.size]!;
    const source = sequence.reusesPrefix ? this.#longestPrefix(sequence, target) : undefined;
    const length = source?.length ?? 0;
    const isWhollyReused = source?.slot.cached.length === length;
    if (source?.slot !== target || !isWhollyReused) this.#vacate(target, source?.slot);
    this.#own(target, sequence, false);
    this.#makeRoom(source?.slot);
    if (source !== undefined && source.slot !== target) {
      this.#copy(source.slot, target, length);
      if (source.slot.owner === undefined) this.#touch(source.slot);
      if (isWhollyReused) this.#drop(source.slot);
      this.#makeRoom();
    }
    sequence.numComputed = length;
  }

  /** Lets a prefilled sequence take part in decoding. */
  join(sequence: Sequence): void {
    this.#slotOf.get(sequence)!.isRow = true;
  }

  /** Takes a sequence's slot away; what was computed stays for reuse. */
  release(sequence: Sequence): void {
    const slot = this.#slotOf.get(sequence);
    if (slot === undefined) return;
    this.#disown(slot, sequence);
    slot.cached = sequence.tokens.slice(0, sequence.numComputed);
    this.#touch(slot);
    this.#trim(slot, slot.cached.length);
  }

  /** Takes a sequence's slot away, and its content, which a failed run may have left half written. */
  discard(sequence: Sequence): void {
    sequence.numComputed = 0;
    this.release(sequence);
  }

  /** Moves rows so that they are slots 0 … numRows − 1. */
  compact(): void {
    const rows = this.#slots.filter((slot) => slot.isRow);
    const gaps = this.#slots.slice(0, rows.length).filter((slot) => !slot.isRow);
    for (const gap of gaps) {
      const last = rows.pop()!;
      const sequence = last.owner!;
      this.#vacate(gap);
      this.#copy(last, gap, sequence.numComputed);
      this.#disown(last, sequence);
      this.#drop(last);
      this.#own(gap, sequence, true);
    }
  }

  /** What the KV cache has to follow since the last call. */
  takeOperations(): SlotOperation[] {
    const operations = this.#operations;
    this.#operations = [];
    return operations;
  }

  #longestPrefix(sequence: Sequence, target: Slot): { slot: Slot; length: number } | undefined {
    const limit = sequence.numPromptTokens - 1;
    let best: { slot: Slot; length: number } | undefined;
    for (const slot of [target, ...this.#slots]) {
      const tokens = slot.owner?.tokens ?? slot.cached;
      const length = commonPrefixLength(sequence.tokens, tokens, Math.min(limit, slot.owner?.numComputed ?? limit));
      if (length > (best?.length ?? 0)) best = { slot, length };
    }
    return best;
  }

  /** Moves what a free slot holds out of the way, to an empty slot or over the oldest prefix, unless it is the oldest. */
  #vacate(slot: Slot, exceptFor?: Slot): void {
    if (slot.cached.length === 0) return;
    const others = this.#slots.filter((other) => other.owner === undefined && other !== slot && other !== exceptFor);
    const refuge = others.find((other) => other.cached.length === 0) ?? others.sort(byLastUse)[0];
    if (refuge !== undefined && (refuge.cached.length === 0 || refuge.lastUsed < slot.lastUsed)) {
      this.#copy(slot, refuge, slot.cached.length);
      refuge.cached = slot.cached;
      refuge.lastUsed = slot.lastUsed;
      this.#trim(refuge, refuge.cached.length);
    }
    slot.cached = [];
  }

  /** Gives prefixes back, the oldest first, until the tokens fit. */
  #makeRoom(exceptFor?: Slot): void {
    const prefixes = this.#slots.filter((slot) => slot.cached.length > 0 && slot !== exceptFor);
    for (const slot of prefixes.sort(byLastUse)) {
      if (this.numTokens <= this.#maxTokens) return;
      this.#drop(slot);
    }
  }

  #own(slot: Slot, sequence: Sequence, isRow: boolean): void {
    this.#trim(slot, sequence.numReserved);
    slot.owner = sequence;
    slot.isRow = isRow;
    slot.cached = [];
    slot.numCommitted = sequence.numReserved;
    this.#slotOf.set(sequence, slot);
  }

  #disown(slot: Slot, sequence: Sequence): void {
    slot.owner = undefined;
    slot.isRow = false;
    this.#slotOf.delete(sequence);
  }

  #drop(slot: Slot): void {
    slot.cached = [];
    this.#trim(slot, 0);
  }

  #touch(slot: Slot): void {
    slot.lastUsed = ++this.#clock;
  }

  #copy(from: Slot, to: Slot, length: number): void {
    if (length === 0) return;
    this.#operations.push({ type: 'copy', from: from.index, to: to.index, length });
    to.numCommitted = Math.max(to.numCommitted, length);
  }

  #trim(slot: Slot, length: number): void {
    if (slot.numCommitted <= length) return;
    this.#operations.push({ type: 'trim', slot: slot.index, length });
    slot.numCommitted = length;
  }
}

function byLastUse(a: Slot, b: Slot): number {
  return a.lastUsed - b.lastUsed;
}

function commonPrefixLength(a: readonly number[], b: readonly number[], limit: number): number {
  const end = Math.min(a.length, b.length, limit);
  let length = 0;
  while (length < end && a[length] === b[length]) length++;
  return length;
}
