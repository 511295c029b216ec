import type { Automaton } from '../automaton/automaton.ts';
import type { StackSet } from '../automaton/stack-set.ts';
import { spellingOf, type Vocabulary } from '../vocabulary/vocabulary.ts';
import { CharacterTokens } from './character-tokens.ts';
import { GrammarMasks } from './grammar-masks.ts';
import { allowToken, type TokenMask } from './token-mask.ts';

/** Makes matchers over one vocabulary. */
export class MatcherFactory {
  readonly vocabulary: Vocabulary;
  readonly #characters: CharacterTokens;

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
    this.#characters = new CharacterTokens(vocabulary);
  }

  /** What all sequences under one grammar share. */
  masks(automaton: Automaton): GrammarMasks {
    return new GrammarMasks(automaton, this.vocabulary, this.#characters);
  }

  matcher(masks: GrammarMasks, stopIds: readonly number[]): Matcher {
    return new Matcher(masks, this.vocabulary, stopIds);
  }
}

/** Follows one sequence through a grammar. */
export class Matcher {
  readonly #masks: GrammarMasks;
  readonly #vocabulary: Vocabulary;
  readonly #stopIds: readonly number[];
  readonly #tokens: number[] = [];
  #generation = -1;
  #set: StackSet;
  #hasStopped = false;

  constructor(masks: GrammarMasks, vocabulary: Vocabulary, stopIds: readonly number[]) {
    this.#masks = masks;
    this.#vocabulary = vocabulary;
    this.#stopIds = stopIds;
    this.#set = masks.machine.start();
    this.#generation = masks.generation;
  }

  /** Fills the mask with the tokens that may come next; stop tokens where the text may end.
   * @param remaining tokens the sequence may still take, the next one included; Infinity where there is no limit */
  fill(mask: TokenMask, remaining: number): void {
    this.#masks.trim();
    this.#renew();
    if (this.#hasStopped) {
      mask.fill(0);
      return;
    }
    this.#masks.fill(mask, this.#set, remaining);
    if (this.#set.isAccepting) for (const id of this.#stopIds) allowToken(mask, id);
  }

  /** @returns false, and stays as it is, where the token is not allowed here */
  advance(token: number): boolean {
    this.#renew();
    if (this.#hasStopped) return false;
    if (this.#stopIds.includes(token) && this.#set.isAccepting) {
      this.#hasStopped = true;
      return true;
    }
    const set = this.#after(this.#set, token);
    if (set === null) return false;
    this.#tokens.push(token);
    this.#set = set;
    return true;
  }

  #after(set: StackSet, token: number): StackSet | null {
    const bytes = spellingOf(this.#vocabulary, token);
    if (bytes.length === 0) return null;
    return bytes.reduce<StackSet | null>((at, byte) => at && this.#masks.machine.step(at, byte), set);
  }

  /** Sets of stacks belong to the machine that made them: after it was replaced, the tokens are read again. */
  #renew(): void {
    if (this.#generation === this.#masks.generation) return;
    this.#generation = this.#masks.generation;
    this.#set = this.#tokens.reduce((set, token) => this.#after(set, token)!, this.#masks.machine.start());
  }
}
