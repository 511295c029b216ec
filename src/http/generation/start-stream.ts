import { raceWithSilence } from '../race-with-silence.ts';

/** Waits for a stream's first event, so that a refusal can still become a status; after `patienceMs` it goes on without. */
export async function startStream<Event>(
  source: AsyncIterable<Event>,
  patienceMs: number,
): Promise<AsyncIterable<Event>> {
  const iterator = source[Symbol.asyncIterator]();
  const first = iterator.next();
  await raceWithSilence(first, patienceMs);
  return resume(first, iterator);
}

async function* resume<Event>(
  first: Promise<IteratorResult<Event>>,
  iterator: AsyncIterator<Event>,
): AsyncGenerator<Event> {
  try {
    for (let result = await first; !result.done; result = await iterator.next()) yield result.value;
  } finally {
    await iterator.return?.();
  }
}
