import { setTimeout } from 'node:timers/promises';
import { ParlanceError } from '../errors/errors.ts';
import { type BlobSource, TransientError } from './blob-source.ts';

/** How often, and how patiently, a request is tried again. */
export interface RetryPolicy {
  readonly maxAttempts: number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Uniform in [0, 1). */
  random(): number;
  /** Told before each wait. */
  onRetry?: (reason: string, waitMs: number) => void;
}

export const defaultRetryPolicy: RetryPolicy = {
  maxAttempts: 8,
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
  random: Math.random,
};

const firstBackOffMs = 500;
const maxBackOffMs = 30_000;
/** The Hub counts requests over windows of five minutes. */
const maxRetryAfterMs = 300_000;

/** Runs a request again while it fails in a way that may pass.
 * @throws download_failed once the attempts are used up */
export async function withRetries<T>(policy: RetryPolicy, signal: AbortSignal, request: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await request();
    } catch (error) {
      await backOff(error, attempt, policy, signal);
    }
  }
}

/** Reads bytes [start, end) of a file, going on where a connection was cut. Attempts count from the last byte that came.
 * @throws download_failed */
export async function* readReliably(
  source: BlobSource,
  [start, end]: readonly [number, number],
  policy: RetryPolicy,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let position = start;
  for (let attempt = 1; position < end; attempt++) {
    try {
      for await (const chunk of source.read(position, end, signal)) {
        position += chunk.length;
        attempt = 1;
        yield chunk;
      }
      if (position < end) throw new TransientError(`${source.path} was cut off at byte ${position} of ${source.size}`);
    } catch (error) {
      await backOff(
        error,
        attempt,
        policy,
        signal,
        '; what has arrived is kept, and the next start goes on from there',
      );
    }
  }
}

async function backOff(
  error: unknown,
  attempt: number,
  policy: RetryPolicy,
  signal: AbortSignal,
  comfort = '',
): Promise<void> {
  if (!(error instanceof TransientError) || signal.aborted) throw error;
  const { maxAttempts, random, sleep, onRetry } = policy;
  if (attempt >= maxAttempts)
    throw new ParlanceError('download_failed', `${error.message} (${attempt} attempts)${comfort}`, { cause: error });
  const waitMs = waitBefore(attempt, error.retryAfterMs, random);
  onRetry?.(error.message, waitMs);
  await sleep(waitMs, signal);
}

/** Doubles from attempt to attempt; up to half is random, so that processes that failed together don't return together. */
function waitBefore(attempt: number, retryAfterMs: number | undefined, random: () => number): number {
  const backOffMs = Math.min(firstBackOffMs * 2 ** (attempt - 1), maxBackOffMs);
  const jitteredMs = backOffMs * (1 - random() / 2);
  return Math.min(Math.max(jitteredMs, retryAfterMs ?? 0), maxRetryAfterMs);
}

export const retryNote = (reason: string, waitMs: number): string =>
  `${reason}; trying again in ${(waitMs / 1000).toFixed(1)} s`;

/** How long a response asks to be left alone: Retry-After, or the Hub's `RateLimit: "api";r=0;t=55`.
 * @see https://huggingface.co/docs/hub/rate-limits @see RFC 9110 §10.2.3 */
export function retryAfterMs(headers: Pick<Headers, 'get'>, now: number): number | undefined {
  const retryAfter = headers.get('retry-after')?.trim();
  if (retryAfter !== undefined && /^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000;
  if (retryAfter !== undefined && !Number.isNaN(Date.parse(retryAfter)))
    return Math.max(0, Date.parse(retryAfter) - now);
  const rateLimit = /r=0\s*;\s*t=(\d+)/.exec(headers.get('ratelimit') ?? '');
  return rateLimit === null ? undefined : Number(rateLimit[1]) * 1000;
}
