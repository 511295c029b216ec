/** Events of several sources in the order of their arrival, each with the index of its source.
 * Leaving the loop, or a failing source, ends all sources. */
export async function* mergeStreams<Event>(
  sources: readonly AsyncIterable<Event>[],
): AsyncGenerator<{ readonly index: number; readonly event: Event }, void, undefined> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  const pull = async (index: number) => ({ index, result: await iterators[index]!.next() });
  const pending = new Map(iterators.map((_, index) => [index, pull(index)]));
  try {
    while (pending.size > 0) {
      const { index, result } = await Promise.race(pending.values());
      pending.delete(index);
      if (result.done) continue;
      // At the end of the map: sources that are always ready take turns.
      pending.set(index, pull(index));
      yield { index, event: result.value };
    }
  } finally {
    for (const [index, next] of pending) {
      next.catch(() => {}); // the first failure is the one that is told
      void iterators[index]!.return?.();
    }
  }
}
