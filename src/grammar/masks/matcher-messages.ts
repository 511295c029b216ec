import type { CompiledGrammar } from '../automaton/compiled-grammar.ts';
import { maskWords, type TokenMask } from './token-mask.ts';

/** What the engine's thread tells the matcher thread, several in a message. Answers come in shared memory. */
export type MatcherCommand =
  | {
      readonly type: 'open';
      readonly id: number;
      readonly grammar: CompiledGrammar;
      readonly stopIds: readonly number[];
      /** Taken before: more than none when a thread that died is replaced. */
      readonly tokens: readonly number[];
      readonly remaining: number;
      readonly answer: SharedArrayBuffer;
    }
  | { readonly type: 'advance'; readonly id: number; readonly token: number; readonly remaining: number }
  | { readonly type: 'close'; readonly id: number };

/** The memory in which one sequence's masks come back. */
export interface SharedAnswer {
  readonly buffer: SharedArrayBuffer;
  /** One word: how many masks were written, or {@link FAILED}. Written last, and notified. */
  readonly numMasks: Int32Array;
  readonly mask: TokenMask;
}

export const FAILED = -1;

export function sharedAnswer(
  vocabSize: number,
  buffer = new SharedArrayBuffer(4 * (1 + maskWords(vocabSize))),
): SharedAnswer {
  return { buffer, numMasks: new Int32Array(buffer, 0, 1), mask: new Int32Array(buffer, 4) };
}
