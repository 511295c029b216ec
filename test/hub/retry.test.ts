import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TransientError } from '../../src/hub/blob-source.ts';
import { type RetryPolicy, retryAfterMs, withRetries } from '../../src/hub/retry.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const { signal } = new AbortController();

function recorded(random: () => number): { policy: RetryPolicy; waitsMs: number[] } {
  const waitsMs: number[] = [];
  return { policy: { maxAttempts: 10, random, sleep: async (ms) => void waitsMs.push(ms) }, waitsMs };
}

describe('how long a server asks to be left alone', () => {
  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:01:00 GMT' }, 60_000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
    [{ ratelimit: '"resolvers";r=0;t=42' }, 42_000],
    [{ ratelimit: '"api";r=12;t=42' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('is read from %j', (headers, expected) => {
    expect(retryAfterMs(new Headers(headers as Record<string, string>), now)).toBe(expected);
  });
});

describe('a request that keeps failing', () => {
  it('is tried as often as the policy says, with waits that double within bounds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 0.999, noNaN: true }), async (uniform) => {
        const { policy, waitsMs } = recorded(() => uniform);
        let numAttempts = 0;
        const request = async () => {
          numAttempts++;
          throw new TransientError('down');
        };
        await expect(withRetries(policy, signal, request)).rejects.toThrow('down (10 attempts)');
        expect(numAttempts).toBe(10);
        waitsMs.forEach((ms, attempt) => {
          const most = Math.min(500 * 2 ** attempt, 30_000);
          expect(ms).toBeLessThanOrEqual(most);
          expect(ms).toBeGreaterThanOrEqual(most / 2);
        });
      }),
    );
  });

  it('is given up at once where no attempt will help', async () => {
    const { policy, waitsMs } = recorded(() => 0);
    const request = async () => {
      throw new Error('for good');
    };
    await expect(withRetries(policy, signal, request)).rejects.toThrow('for good');
    expect(waitsMs).toEqual([]);
  });

  it('waits no longer than five minutes, whatever the server asks', async () => {
    const { policy, waitsMs } = recorded(() => 0);
    let numAttempts = 0;
    await withRetries(policy, signal, async () => {
      if (numAttempts++ === 0) throw new TransientError('busy', { retryAfterMs: 86_400_000 });
    });
    expect(waitsMs).toEqual([300_000]);
  });
});
