import type { ToolOutput } from '../../../grammar/tools/tool-call-parser.ts';
import type { TextGenerationEvent } from '../../../text/types.ts';
import type { ChatAnswerOptions } from './chat-completion.ts';
import { openaiChatLogprobs } from './chat-logprobs.ts';
import { type ChoiceReader, createCallId, createChoiceReader } from './choice-reader.ts';
import type { Envelope } from './envelope.ts';
import { openaiFinishReason } from './finish-reason.ts';
import { UsageCounter } from './usage.ts';

export interface ChunkOptions extends ChatAnswerOptions {
  readonly includeUsage: boolean;
}

/** A streamed chat completion. Every delta that calls no tool has `content` as a string, empty in the first and last, and
 * `choices` is never empty but in the usage chunk, for the loops that clients print index it blindly. */
export async function* openaiChatChunks(
  envelope: Envelope,
  events: AsyncIterable<{ readonly index: number; readonly event: TextGenerationEvent }>,
  options: ChunkOptions,
): AsyncGenerator<object, void, undefined> {
  const usage = new UsageCounter();
  const readers = new Map<number, ChoiceReader>();
  const chunk = (choices: readonly object[]) => ({
    ...envelope,
    object: 'chat.completion.chunk',
    choices,
    ...(options.includeUsage ? { usage: null } : {}),
  });
  for await (const { index, event } of events) {
    if (event.type === 'start') usage.addStart(0, event);
    if (event.type === 'finish') usage.addFinish(event);
    const reader = readers.get(index) ?? createChoiceReader(options);
    readers.set(index, reader);
    for (const choice of chatChoices(event, reader, options)) yield chunk([{ index, ...choice }]);
  }
  if (options.includeUsage) yield { ...chunk([]), usage: usage.toUsage() };
}

/** What one event of a generation adds to its choice. */
function chatChoices(event: TextGenerationEvent, reader: ChoiceReader, options: ChunkOptions): readonly object[] {
  switch (event.type) {
    case 'start':
      return [choice({ role: 'assistant', content: '' })];
    case 'token': {
      const deltas = reader.push(event.delta).map((output) => delta(output, options));
      if (!options.hasLogprobs || event.token.special) return deltas.map((each) => choice(each));
      const [first = { content: '' }, ...rest] = deltas;
      return [choice(first, openaiChatLogprobs([event])), ...rest.map((each) => choice(each))];
    }
    case 'finish': {
      const outputs = [...reader.push(event.delta), ...reader.end()];
      const last = { ...choice({ content: '' }), finish_reason: openaiFinishReason(event.reason, reader.numCalls) };
      return [...outputs.map((output) => choice(delta(output, options))), last];
    }
  }
}

function choice(delta: object, logprobs: object | null = null) {
  return { delta, logprobs, finish_reason: null };
}

function delta(output: ToolOutput, { toolFormat, newId }: ChunkOptions): object {
  switch (output.type) {
    case 'text':
      return { content: output.text };
    case 'call': {
      const id = createCallId(toolFormat!, newId);
      return {
        tool_calls: [{ index: output.index, id, type: 'function', function: { name: output.name, arguments: '' } }],
      };
    }
    case 'arguments':
      return { tool_calls: [{ index: output.index, function: { arguments: output.delta } }] };
  }
}
