import { setTimeout } from 'node:timers/promises';
import type { SageMakerChatError } from './chat-error.ts';
import { describeFailure } from './describe-failure.ts';

/** How patiently a request is tried again while an endpoint starts, scales out or is busy. */
export interface RetryPolicy {
  /** How long to go on from the first attempt; 0 tries once. @default 10 minutes, the time of a cold start */
  readonly timeoutMs: number;
  /** The first wait is shorter than this, and each may be twice as long as the one before. @default 500 */
  readonly firstDelayMs: number;
  /** @default 15,000 */
  readonly maxDelayMs: number;
  /** Told before each wait. */
  readonly onRetry?: (error: SageMakerChatError, delayMs: number) => void;
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>;
  /** Uniform in [0, 1). */
  random(): number;
  /** Milliseconds of any steady clock. */
  now(): number;
}

export const defaultRetryPolicy: RetryPolicy = {
  timeoutMs: 600_000,
  firstDelayMs: 500,
  maxDelayMs: 15_000,
  sleep: (ms, signal) => setTimeout(ms, undefined, signal === undefined ? {} : { signal }),
  random: Math.random,
  now: () => performance.now(),
};

/** Runs a request again while it fails in a way that may pass. Waits are drawn over the upper half of a doubling range,
 * so that clients which were refused together don't come back together.
 * @throws SageMakerChatError of the last attempt, or the signal's reason */
export async function withRetries<T>(
  policy: RetryPolicy,
  signal: AbortSignal | undefined,
  request: () => Promise<T>,
): Promise<T> {
  const deadline = policy.now() + policy.timeoutMs;
  for (let ceilingMs = policy.firstDelayMs; ; ceilingMs = Math.min(2 * ceilingMs, policy.maxDelayMs)) {
    signal?.throwIfAborted();
    try {
      return await request();
    } catch (cause) {
      signal?.throwIfAborted();
      const error = describeFailure(cause);
      const delayMs = (ceilingMs / 2) * (1 + policy.random());
      if (!error.isTransient || policy.now() + delayMs > deadline) throw error;
      policy.onRetry?.(error, delayMs);
      await policy.sleep(delayMs, signal);
    }
  }
}
