import type { TextGenerationEvent } from '../../../text/types.ts';
import { openaiCompletionLogprobs } from './completion-logprobs.ts';
import { echoedPrompt } from './echo.ts';
import type { Envelope } from './envelope.ts';
import { openaiFinishReason } from './finish-reason.ts';
import type { TextOptions } from './text-completion.ts';
import { UsageCounter } from './usage.ts';

export interface StreamedChoice {
  readonly prompt: number;
  readonly text: string | readonly number[];
}

/** A streamed text completion.
 * @param choices by index: which prompt each continues */
export async function* openaiTextChunks(
  envelope: Envelope,
  choices: readonly StreamedChoice[],
  events: AsyncIterable<{ readonly index: number; readonly event: TextGenerationEvent }>,
  options: TextOptions & { readonly includeUsage: boolean },
): AsyncGenerator<object, void, undefined> {
  const usage = new UsageCounter();
  const offsets = choices.map(() => 0);
  const chunk = (choice: object) => ({
    ...envelope,
    object: 'text_completion',
    choices: [choice],
    ...(options.includeUsage ? { usage: null } : {}),
  });
  for await (const { index, event } of events) {
    if (event.type === 'start') usage.addStart(choices[index]!.prompt, event);
    if (event.type === 'finish') usage.addFinish(event);
    const delta = textDelta(event, choices[index]!, offsets[index]!, options);
    if (!delta) continue;
    offsets[index]! += delta.text.length;
    yield chunk({ index, ...delta });
  }
  if (options.includeUsage) yield { ...envelope, object: 'text_completion', choices: [], usage: usage.toUsage() };
}

/** What one event of a generation adds to its choice, if anything. */
function textDelta(
  event: TextGenerationEvent,
  { text }: StreamedChoice,
  offset: number,
  { echo, hasLogprobs }: TextOptions,
) {
  switch (event.type) {
    case 'start': {
      if (!echo) return undefined;
      const echoed = echoedPrompt(text, event);
      return {
        text: echoed.text,
        logprobs: hasLogprobs ? openaiCompletionLogprobs([], 0, echoed) : null,
        finish_reason: null,
      };
    }
    case 'token': {
      if (event.delta === '' && !hasLogprobs) return undefined;
      return {
        text: event.delta,
        logprobs: hasLogprobs ? openaiCompletionLogprobs([event], offset) : null,
        finish_reason: null,
      };
    }
    case 'finish':
      return { text: event.delta, logprobs: null, finish_reason: openaiFinishReason(event.reason) };
  }
}
