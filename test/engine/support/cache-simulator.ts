import { expect } from '@jest/globals';
import type { Scheduler } from '../../../src/engine/scheduler.ts';
import type { Sequence } from '../../../src/engine/sequence.ts';
import type { SlotOperation } from '../../../src/engine/slot-table.ts';

/** A KV cache that holds the tokens themselves, to see that each run finds in its slot what it builds on. */
export class CacheSimulator {
  readonly slots: number[][];
  readonly #slotOf = new Map<Sequence, number>();

  constructor(numSlots: number) {
    this.slots = Array.from({ length: numSlots }, () => []);
  }

  apply(operations: readonly SlotOperation[]): void {
    for (const operation of operations) {
      if (operation.type === 'trim') {
        this.slots[operation.slot]!.length = Math.min(this.slots[operation.slot]!.length, operation.length);
        continue;
      }
      const { from, to, length } = operation;
      expect(this.slots[from]!.length).toBeGreaterThanOrEqual(length);
      this.slots[to]!.splice(0, length, ...this.slots[from]!.slice(0, length));
    }
  }

  /** Runs tokens at the positions from `start` on. */
  run(sequence: Sequence, slot: number, start: number, tokens: readonly number[]): void {
    expect(this.slots[slot]!.slice(0, start)).toEqual(sequence.tokens.slice(0, start));
    this.slots[slot]!.splice(start, tokens.length, ...tokens);
    sequence.numComputed = start + tokens.length;
    this.#slotOf.set(sequence, slot);
  }

  /** Leaves a sequence's slot as a failed run may: with anything in it. */
  spoil(sequence: Sequence): void {
    const slot = this.#slotOf.get(sequence);
    if (slot !== undefined) this.slots[slot]!.fill(-1);
  }

  /** Positions that take memory. */
  get numTokens(): number {
    return this.slots.reduce((sum, slot) => sum + slot.length, 0);
  }
}

/** One tick of an engine without a model: `nextToken` says what each sequence generates.
 * @returns the sequences that finished */
export function tick(
  scheduler: Scheduler,
  cache: CacheSimulator,
  nextToken: (sequence: Sequence) => number,
): { prefilled: Sequence[]; decoded: Sequence[]; finished: Sequence[] } {
  const finished: Sequence[] = [];
  const append = (sequence: Sequence): boolean => {
    const isFinished = sequence.append(nextToken(sequence)) !== undefined;
    if (isFinished) {
      scheduler.finish(sequence);
      finished.push(sequence);
    }
    return isFinished;
  };
  const prefilled: Sequence[] = [];
  for (let step = scheduler.nextPrefill(); step !== undefined; step = scheduler.nextPrefill()) {
    prefilled.push(step.sequence);
    cache.apply(scheduler.takeOperations());
    cache.run(step.sequence, step.slot, step.start, step.tokens);
    if (step.sequence.isPrefilled && !append(step.sequence)) scheduler.join(step.sequence);
  }
  const decoded = scheduler.nextDecode();
  cache.apply(scheduler.takeOperations());
  for (const [slot, sequence] of decoded.entries()) {
    cache.run(sequence, slot, sequence.numComputed, [sequence.tokens[sequence.numComputed]!]);
    append(sequence);
  }
  return { prefilled, decoded, finished };
}
