import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { GreenLists } from '../../../src/engine/sampling/green-lists.ts';
import { samplingGoldens } from '../support/sampling-goldens.ts';

describe('green lists', () => {
  it.each(samplingGoldens.watermark_greenlists)(
    "are PyTorch's permutation after token $prev_token of $vocab",
    (golden) => {
      const list = [...new GreenLists(golden.vocab, { gamma: 0.5, delta: 2 }).after(golden.prev_token)];
      const sorted = list.toSorted((a, b) => a - b).join(',');
      expect(list).toHaveLength(golden.size);
      expect(list.slice(0, 16)).toEqual(golden.first_in_order.slice(0, Math.min(16, golden.size)));
      expect(createHash('sha256').update(sorted).digest('hex')).toBe(golden.sha256_sorted);
    },
  );

  it('are the same when asked for again after many others', () => {
    const lists = new GreenLists(50, { gamma: 0.5, delta: 2 });
    const first = [...lists.after(7)];
    for (let id = 0; id < 500; id++) lists.after(id % 50);
    expect([...lists.after(7)]).toEqual(first);
  });
});
