import type { TextGenerationEvent } from '../../../text/types.ts';
import { openaiChatLogprobs } from './chat-logprobs.ts';
import type { Envelope } from './envelope.ts';
import { openaiFinishReason } from './finish-reason.ts';
import { UsageCounter } from './usage.ts';

export interface ChunkOptions {
  readonly hasLogprobs: boolean;
  readonly includeUsage: boolean;
}

/** A streamed chat completion. `content` is a string in every delta, empty in the first and last, and `choices` is never
 * empty but in the usage chunk, for the loops that clients print index it blindly. */
export async function* openaiChatChunks(
  envelope: Envelope,
  events: AsyncIterable<{ readonly index: number; readonly event: TextGenerationEvent }>,
  { hasLogprobs, includeUsage }: ChunkOptions,
): AsyncGenerator<object, void, undefined> {
  const usage = new UsageCounter();
  const chunk = (choices: readonly object[]) => ({
    ...envelope,
    object: 'chat.completion.chunk',
    choices,
    ...(includeUsage ? { usage: null } : {}),
  });
  for await (const { index, event } of events) {
    if (event.type === 'start') usage.addStart(0, event);
    if (event.type === 'finish') usage.addFinish(event);
    for (const choice of chatChoices(event, hasLogprobs)) yield chunk([{ index, ...choice }]);
  }
  if (includeUsage) yield { ...chunk([]), usage: usage.toUsage() };
}

/** What one event of a generation adds to its choice. */
function chatChoices(event: TextGenerationEvent, hasLogprobs: boolean): readonly object[] {
  switch (event.type) {
    case 'start':
      return [{ delta: { role: 'assistant', content: '' }, logprobs: null, finish_reason: null }];
    case 'token': {
      const isTold = hasLogprobs && !event.token.special;
      if (event.delta === '' && !isTold) return [];
      return [
        { delta: { content: event.delta }, logprobs: isTold ? openaiChatLogprobs([event]) : null, finish_reason: null },
      ];
    }
    case 'finish': {
      const rest = event.delta === '' ? [] : [{ delta: { content: event.delta }, logprobs: null, finish_reason: null }];
      return [...rest, { delta: { content: '' }, logprobs: null, finish_reason: openaiFinishReason(event.reason) }];
    }
  }
}
