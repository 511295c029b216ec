import type { CollectedGeneration } from '../../generation/collect-generation.ts';
import { openaiChatLogprobs } from './chat-logprobs.ts';
import type { Envelope } from './envelope.ts';
import { openaiFinishReason } from './finish-reason.ts';
import { UsageCounter } from './usage.ts';

/** A whole chat completion, a choice for each generation. */
export function openaiChatCompletion(
  envelope: Envelope,
  generations: readonly CollectedGeneration[],
  hasLogprobs: boolean,
) {
  const usage = new UsageCounter();
  for (const { start, finish } of generations) {
    usage.addStart(0, start);
    usage.addFinish(finish);
  }
  return {
    ...envelope,
    object: 'chat.completion',
    choices: generations.map(({ tokens, finish, text }, index) => ({
      index,
      message: { role: 'assistant', content: text },
      logprobs: hasLogprobs ? openaiChatLogprobs(tokens) : null,
      finish_reason: openaiFinishReason(finish.reason),
    })),
    usage: usage.toUsage(),
  };
}
