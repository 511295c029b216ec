import type { CollectedGeneration } from '../../generation/collect-generation.ts';
import { openaiChatLogprobs } from './chat-logprobs.ts';
import { type ChoiceReaderOptions, createCallId, createChoiceReader } from './choice-reader.ts';
import type { Envelope } from './envelope.ts';
import { openaiFinishReason } from './finish-reason.ts';
import { UsageCounter } from './usage.ts';

export interface ChatAnswerOptions extends ChoiceReaderOptions {
  readonly hasLogprobs: boolean;
  readonly newId: () => string;
}

/** A whole chat completion, a choice for each generation. */
export function openaiChatCompletion(
  envelope: Envelope,
  generations: readonly CollectedGeneration[],
  options: ChatAnswerOptions,
) {
  const usage = new UsageCounter();
  for (const { start, finish } of generations) {
    usage.addStart(0, start);
    usage.addFinish(finish);
  }
  return {
    ...envelope,
    object: 'chat.completion',
    choices: generations.map(({ tokens, finish, text }, index) => {
      const { content, toolCalls } = readMessage(text, options);
      const hasCalls = toolCalls.length > 0;
      return {
        index,
        message: {
          role: 'assistant',
          content: hasCalls && content === '' ? null : content,
          refusal: null,
          ...(hasCalls ? { tool_calls: toolCalls } : {}),
        },
        logprobs: options.hasLogprobs ? openaiChatLogprobs(tokens) : null,
        finish_reason: openaiFinishReason(finish.reason, toolCalls.length),
      };
    }),
    usage: usage.toUsage(),
  };
}

function readMessage(text: string, options: ChatAnswerOptions) {
  const reader = createChoiceReader(options);
  const toolCalls: { id: string; type: 'function'; function: { name: string; arguments: string } }[] = [];
  let content = '';
  for (const output of [...reader.push(text), ...reader.end()]) {
    if (output.type === 'text') content += output.text;
    else if (output.type === 'arguments') toolCalls[output.index]!.function.arguments += output.delta;
    else {
      const id = createCallId(options.toolFormat!, options.newId);
      toolCalls.push({ id, type: 'function', function: { name: output.name, arguments: '' } });
    }
  }
  return { content, toolCalls };
}
