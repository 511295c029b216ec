import { raceWithSilence, silence } from './race-with-silence.ts';

/** Frames events as server-sent events. A comment is sent after each `keepAliveMs` of silence. */
export async function* encodeEvents(
  events: AsyncIterable<string>,
  keepAliveMs: number,
): AsyncGenerator<string, void, undefined> {
  const iterator = events[Symbol.asyncIterator]();
  let pending = iterator.next();
  try {
    for (;;) {
      const result = await raceWithSilence(pending, keepAliveMs);
      if (result === silence) {
        yield ':\n\n';
        continue;
      }
      if (result.done) return;
      yield `data: ${result.value}\n\n`;
      pending = iterator.next();
    }
  } finally {
    pending.catch(() => {}); // nobody is left to be told
    void iterator.return?.();
  }
}
