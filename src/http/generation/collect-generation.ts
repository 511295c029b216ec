import { ParlanceError } from '../../errors/errors.ts';
import type { TextGenerationEvent } from '../../text/types.ts';
import type { Finish, Start, TokenEvent } from './run-generation.ts';

/** A generation, whole. */
export interface CollectedGeneration {
  readonly start: Start;
  readonly tokens: readonly TokenEvent[];
  readonly finish: Finish;
  /** All deltas: the text without special tokens and stop text. */
  readonly text: string;
}

export async function collectGeneration(events: AsyncIterable<TextGenerationEvent>): Promise<CollectedGeneration> {
  let start: Start | undefined;
  let finish: Finish | undefined;
  const tokens: TokenEvent[] = [];
  const deltas: string[] = [];
  for await (const event of events) {
    if (event.type === 'start') {
      start = event;
      continue;
    }
    deltas.push(event.delta);
    if (event.type === 'token') tokens.push(event);
    else finish = event;
  }
  if (!start || !finish) throw new ParlanceError('incomplete_generation', 'Incomplete generation');
  return { start, tokens, finish, text: deltas.join('') };
}

/** Mean log-probability of the generated tokens, by which best_of chooses; 0 where there is none. */
export function meanLogprob({ tokens }: CollectedGeneration): number {
  return tokens.reduce((sum, { token }) => sum + token.logprob, 0) / Math.max(1, tokens.length);
}
