import { neutralSampling } from '../../src/engine/sampling/neutral-sampling.ts';
import type { SamplingParameters } from '../../src/engine/types.ts';
import type { TextGenerationEvent, TextGenerationRequest } from '../../src/text/types.ts';

export const greedy: SamplingParameters = neutralSampling;

export function textRequest(
  prompt: string | readonly number[],
  more: Partial<TextGenerationRequest> = {},
): TextGenerationRequest {
  return {
    prompt,
    addSpecialTokens: true,
    sampling: greedy,
    stop: [],
    stopMatching: 'suffix',
    ignoreEos: false,
    numTopTokens: 0,
    promptLogprobs: false,
    ...more,
  };
}

type Event<Type> = Extract<TextGenerationEvent, { type: Type }>;

export interface Generated {
  readonly start: Event<'start'>;
  readonly tokens: readonly Event<'token'>[];
  readonly finish: Event<'finish'>;
  readonly text: string;
}

export async function collect(events: AsyncIterable<TextGenerationEvent>): Promise<Generated> {
  const all: TextGenerationEvent[] = [];
  for await (const event of events) all.push(event);
  const tokens = all.filter((event) => event.type === 'token');
  const [start, finish] = [all.at(0), all.at(-1)];
  if (start?.type !== 'start' || finish?.type !== 'finish' || all.length !== tokens.length + 2) {
    throw new Error(`not a generation: ${all.map(({ type }) => type).join()}`);
  }
  return { start, tokens, finish, text: [...tokens, finish].map(({ delta }) => delta).join('') };
}
