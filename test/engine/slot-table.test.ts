import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Sequence } from '../../src/engine/sequence.ts';
import { SlotTable } from '../../src/engine/slot-table.ts';
import { CacheSimulator } from './support/cache-simulator.ts';

const NUM_SLOTS = 5;
const MAX_TOKENS = 30;

const newcomer = fc.record({
  promptIds: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 14 }),
  maxNewTokens: fc.integer({ min: 1, max: 6 }),
});
const command = fc.oneof(
  fc.record({ type: fc.constant('come' as const), request: newcomer }),
  fc.record({ type: fc.constant('leave' as const), which: fc.nat() }),
);

describe('the slot table', () => {
  it('never gives a slot twice, knows what each holds, and counts no more tokens than there may be', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 50 }), (commands) => {
        const table = new SlotTable(NUM_SLOTS, MAX_TOKENS);
        const cache = new CacheSimulator(NUM_SLOTS);
        for (const next of commands) {
          const rows = table.rows();
          if (next.type === 'leave') {
            if (rows.length > 0) table.release(rows[next.which % rows.length]!);
          } else {
            const sequence = new Sequence({ ...next.request, stopIds: [], promptLogprobs: false });
            const numReserved = rows.reduce((sum, row) => sum + row.numReserved, sequence.numReserved);
            if (rows.length === NUM_SLOTS || numReserved > MAX_TOKENS) continue;
            table.compact();
            table.acquire(sequence);
            cache.apply(table.takeOperations());
            cache.run(sequence, rows.length, sequence.numComputed, sequence.tokens.slice(sequence.numComputed));
            table.join(sequence);
          }
          table.compact();
          cache.apply(table.takeOperations());
          const owners = table.rows();
          expect(owners.map((owner) => table.slotOf(owner))).toEqual([...owners.keys()]);
          expect(table.numTokens).toBeLessThanOrEqual(MAX_TOKENS);
          for (const [slot, held] of cache.slots.entries()) {
            const content = table.content(slot);
            expect(held.slice(0, content.length)).toEqual(content);
            expect(held.length).toBeLessThanOrEqual(owners[slot]?.numReserved ?? content.length);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
