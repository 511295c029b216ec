import type { Automaton } from './automaton.ts';
import { CharacterTokens } from './character-tokens.ts';
import { GrammarMasks } from './grammar-masks.ts';
import type { StackSet } from './stack-set.ts';
import { allowToken, type TokenMask } from './token-mask.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Makes matchers over one vocabulary. */
export class MatcherFactory {
  readonly #vocabulary: Vocabulary;
  readonly #characters: CharacterTokens;

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    this.#characters = new CharacterTokens(vocabulary);
  }

  /** What all sequences under one grammar share. */
  masks(automaton: Automaton): GrammarMasks {
    return new GrammarMasks(automaton, this.#vocabulary, this.#characters);
  }

  matcher(masks: GrammarMasks, stopIds: readonly number[]): Matcher {
    return new Matcher(masks, this.#vocabulary, stopIds);
  }
}

/** Follows one sequence through a grammar. */
export class Matcher {
  readonly #masks: GrammarMasks;
  readonly #vocabulary: Vocabulary;
  readonly #stopIds: readonly number[];
  #set: StackSet;
  #hasStopped = false;

  constructor(masks: GrammarMasks, vocabulary: Vocabulary, stopIds: readonly number[]) {
    this.#masks = masks;
    this.#vocabulary = vocabulary;
    this.#stopIds = stopIds;
    this.#set = masks.machine.start();
  }

  /** Whether the text may end here. */
  get mayStop(): boolean {
    return this.#set.isAccepting;
  }

  /** Whether the text can only end here. */
  get mustStop(): boolean {
    return this.#hasStopped || (this.#set.isAccepting && this.#set.states.length === 0);
  }

  /** Fills the mask with the tokens that may come next; stop tokens where the text may end.
   * @param remaining tokens the sequence may still take, the next one included; Infinity where there is no limit */
  fill(mask: TokenMask, remaining: number): void {
    this.#masks.fill(mask, this.#set, remaining);
    if (this.#set.isAccepting) for (const id of this.#stopIds) allowToken(mask, id);
  }

  /** @returns false, and stays as it is, where the token is not allowed here */
  advance(token: number): boolean {
    if (this.#hasStopped) return false;
    if (this.#stopIds.includes(token) && this.#set.isAccepting) {
      this.#hasStopped = true;
      return true;
    }
    let set: StackSet | null = this.#set;
    const bytes = this.#vocabulary.tokenBytes[token] ?? [];
    if (bytes.length === 0) return false;
    for (const byte of bytes) {
      set = this.#masks.machine.step(set, byte);
      if (set === null) return false;
    }
    this.#set = set;
    return true;
  }
}
