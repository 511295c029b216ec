import type { CompiledGrammar } from '../automaton/compiled-grammar.ts';
import type { MatcherFactory } from './matcher.ts';
import { maskWords, type TokenMask } from './token-mask.ts';

/** What a grammar says of the next token of one sequence. */
export interface TokenConstraint {
  /** The tokens that may come next. Valid until {@link advance}; owned by the constraint.
   * @throws generation where the mask could not be computed */
  mask(): TokenMask;
  /** Takes the token that was drawn: one that the mask allows. */
  advance(token: number): void;
  /** Frees what is kept for the sequence. */
  close(): void;
}

/** Opens constraints: the engine's view of grammars. */
export interface ConstraintSource {
  /** @param stopIds allowed where the text may end @param maxTokens that the sequence may take: the text is steered to its
   * end within them */
  open(grammar: CompiledGrammar, stopIds: readonly number[], maxTokens: number): TokenConstraint;
  close(): Promise<void>;
}

/** Computes masks in the calling thread. */
export function localConstraints(factory: MatcherFactory): ConstraintSource {
  return {
    open(grammar, stopIds, maxTokens) {
      const matcher = factory.matcher(factory.masks(grammar.automaton), stopIds);
      const mask = new Int32Array(maskWords(factory.vocabulary.size));
      let remaining = maxTokens;
      matcher.fill(mask, remaining);
      return {
        mask: () => mask,
        advance(token) {
          matcher.advance(token);
          matcher.fill(mask, --remaining);
        },
        close() {},
      };
    },
    close: async () => {},
  };
}
