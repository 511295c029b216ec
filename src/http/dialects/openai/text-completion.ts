import type { CollectedGeneration } from '../../generation/collect-generation.ts';
import { openaiCompletionLogprobs } from './completion-logprobs.ts';
import { echoedPrompt } from './echo.ts';
import type { Envelope } from './envelope.ts';
import { openaiFinishReason } from './finish-reason.ts';
import { UsageCounter } from './usage.ts';

/** A generation of one of the request's prompts. */
export interface PromptGeneration {
  readonly prompt: number;
  readonly text: string | readonly number[];
  readonly generation: CollectedGeneration;
}

export interface TextOptions {
  readonly hasLogprobs: boolean;
  readonly echo: boolean;
}

/** A whole text completion.
 * @param chosen a choice each, in their order
 * @param all those that were generated, chosen or not: they count as used */
export function openaiTextCompletion(
  envelope: Envelope,
  chosen: readonly PromptGeneration[],
  all: readonly PromptGeneration[],
  { hasLogprobs, echo }: TextOptions,
) {
  const usage = new UsageCounter();
  for (const { prompt, generation } of all) {
    usage.addStart(prompt, generation.start);
    usage.addFinish(generation.finish);
  }
  return {
    ...envelope,
    object: 'text_completion',
    choices: chosen.map(({ text, generation: { start, tokens, finish, text: generated } }, index) => {
      const echoed = echo ? echoedPrompt(text, start) : undefined;
      return {
        index,
        text: (echoed?.text ?? '') + generated,
        logprobs: hasLogprobs ? openaiCompletionLogprobs(tokens, 0, echoed) : null,
        finish_reason: openaiFinishReason(finish.reason),
      };
    }),
    usage: usage.toUsage(),
  };
}
