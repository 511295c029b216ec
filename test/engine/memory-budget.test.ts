import { describe, expect, it } from '@jest/globals';
import { chooseMemoryBudget, type MemoryBudgetOptions } from '../../src/engine/memory/memory-budget.ts';

const options: MemoryBudgetOptions = {
  availableBytes: 10_000 * 1024,
  kvBytesPerToken: 1024,
  maxBatchSize: 4,
  maxPositions: 2048,
  maxTotalTokens: undefined,
  maxBatchTotalTokens: undefined,
};

describe('the memory budget', () => {
  it('takes what the sequences can use where memory is plenty', () => {
    const budget = chooseMemoryBudget(options);
    expect(budget).toMatchObject({ maxTotalTokens: 2048, maxBatchTotalTokens: 8192, isLowered: false });
    expect(budget.reason).toMatch(/^max_batch_total_tokens is 8192, enough for 4 sequences/);
  });

  it('takes all that fits where memory is short of that', () => {
    const budget = chooseMemoryBudget({ ...options, maxBatchSize: 64 });
    expect(budget).toMatchObject({ maxTotalTokens: 2048, maxBatchTotalTokens: 9000, isLowered: false });
    expect(budget.reason).toContain('all that fits');
  });

  it('shortens the longest sequence that nobody asked for to what fits', () => {
    const budget = chooseMemoryBudget({ ...options, maxPositions: 131_072 });
    expect(budget).toMatchObject({ maxTotalTokens: 9000, maxBatchTotalTokens: 9000 });
  });

  it('keeps to a ceiling that fits, even beyond what the slots can use', () => {
    expect(chooseMemoryBudget({ ...options, maxBatchTotalTokens: 3000 })).toMatchObject({
      maxBatchTotalTokens: 3000,
      isLowered: false,
      reason: expect.stringContaining('as set'),
    });
    expect(chooseMemoryBudget({ ...options, maxBatchTotalTokens: 8999 }).maxBatchTotalTokens).toBe(8999);
  });

  it('lowers a ceiling that does not fit, and says to what and why', () => {
    const budget = chooseMemoryBudget({ ...options, maxBatchTotalTokens: 1_024_000 });
    expect(budget).toMatchObject({ maxBatchTotalTokens: 9000, isLowered: true });
    expect(budget.reason).toMatch(
      /lowered from 1024000 to 9000: there is 8\.8 MiB for the KV cache at 1\.0 KiB a token/,
    );
  });

  it('names the setting and a value that fits where not one sequence does', () => {
    expect(() => chooseMemoryBudget({ ...options, maxTotalTokens: 9701 })).toThrow(
      expect.objectContaining({
        code: 'out_of_memory',
        param: 'max_total_tokens',
        message: expect.stringMatching(/max_total_tokens is 9701.*lower max_total_tokens to 9000/),
      }),
    );
    expect(chooseMemoryBudget({ ...options, maxTotalTokens: 9000 }).maxTotalTokens).toBe(9000);
    expect(() => chooseMemoryBudget({ ...options, availableBytes: 1000 })).toThrow(
      expect.objectContaining({ code: 'out_of_memory' }),
    );
  });

  it('gives a sequence that was asked for some of what is kept back, and the batch no more than that sequence', () => {
    const budget = chooseMemoryBudget({ ...options, maxTotalTokens: 9500 });
    expect(budget).toMatchObject({ maxTotalTokens: 9500, maxBatchTotalTokens: 9500 });
  });

  it('says how the memory was measured', () => {
    const { reason } = chooseMemoryBudget({ ...options, measured: 'the machine, 1.0 GiB, left 0.5 GiB' });
    expect(reason).toMatch(/1\.0 KiB a token \(the machine, 1\.0 GiB, left 0\.5 GiB\)$/);
  });

  it('trusts the settings where the system says nothing of memory', () => {
    const budget = chooseMemoryBudget({ ...options, availableBytes: undefined, maxBatchTotalTokens: 50_000 });
    expect(budget).toMatchObject({ maxBatchTotalTokens: 50_000, isLowered: false });
  });
});
