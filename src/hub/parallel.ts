/** Runs `work` on every item, on `maxRunning` at a time. After the first failure the others are told to stop, and are
 * waited for: nothing goes on in the background. @throws the first failure */
export async function forEachParallel<T>(
  items: readonly T[],
  maxRunning: number,
  outerSignal: AbortSignal,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const abort = new AbortController();
  const signal = AbortSignal.any([outerSignal, abort.signal]);
  const queue = items.values();
  const failures: unknown[] = [];
  const worker = async () => {
    for (const item of queue) {
      if (signal.aborted) return;
      try {
        await work(item, signal);
      } catch (error) {
        failures.push(error);
        abort.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(maxRunning, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  outerSignal.throwIfAborted();
}
