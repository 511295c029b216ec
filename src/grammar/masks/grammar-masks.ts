import { type Automaton, distanceOf, FIRST_VIRTUAL, virtualState } from '../automaton/automaton.ts';
import { StackMachine, type StackSet } from '../automaton/stack-set.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { CharacterTokens } from './character-tokens.ts';
import {
  allowGroup,
  allowTokensAt,
  groupBytes,
  maskWords,
  type TokenGroup,
  type TokenMask,
  tokenGroup,
} from './token-mask.ts';
import { childrenOf, type NodesByByte, walkFrom, walkTrie } from './trie-walk.ts';

/** What is kept for one grammar: with all full about 56 MB. */
const MAX_LOCAL_BYTES = 16 << 20;
const MAX_SETS = 12_000;
/** A grammar whose sets are too many again and again may keep more, or its sequences would be read again for each mask. */
const MOST_SETS = 4 * MAX_SETS;
/** Masks that are kept whole: those of one place in the text are the same for every sequence that comes by. */
const MAX_MASK_BYTES = 8 << 20;
/** After its text a sequence still takes a stop token, and must not be at its limit when it does. */
const TOKENS_AFTER_TEXT = 2;

/** Of the tokens that one state takes, what does not depend on the stack below it. */
interface LocalTokens {
  /** Tokens after which the state's rule goes on, or has just ended. */
  readonly groups: readonly TokenGroup[];
  /** Trie nodes with which begins what follows the rule: they go on with the stack that is really there. */
  readonly followers: NodesByByte;
  /** The largest distance to the end of the rule after one of the tokens. */
  readonly maxDistance: number;
}

/** All tokens that may follow one set of stacks. */
interface WholeMask {
  readonly mask: TokenMask;
  /** At least the largest distance to the end of the text after one of them. */
  readonly farthest: number;
}

/** Finds the tokens that may follow, for all sequences under one grammar. What a state's own rule does with the
 * vocabulary is found once and kept; then only the tokens that end the rule are followed further. */
export class GrammarMasks {
  #machine: StackMachine;
  #generation = 0;
  #maxSets = MAX_SETS;
  readonly #vocabulary: Vocabulary;
  readonly #characters: CharacterTokens;
  readonly #local = new Map<number, LocalTokens>();
  #localBytes = 0;
  /** By set, oldest first. */
  readonly #whole = new Map<StackSet, WholeMask>();

  constructor(automaton: Automaton, vocabulary: Vocabulary, characters: CharacterTokens) {
    this.#machine = new StackMachine(automaton);
    this.#vocabulary = vocabulary;
    this.#characters = characters;
  }

  /** Makes the sets of stacks; replaced, with a new generation, when it has made too many. */
  get machine(): StackMachine {
    return this.#machine;
  }

  get generation(): number {
    return this.#generation;
  }

  /** Gives memory back where too much is kept. */
  trim(): void {
    if (this.#machine.numSets <= this.#maxSets) return;
    this.#maxSets = Math.min(2 * this.#maxSets, MOST_SETS);
    this.#machine = new StackMachine(this.#machine.automaton);
    this.#whole.clear();
    this.#generation++;
  }

  /** Fills the mask with the tokens that may follow. Where the text can still end within the remaining tokens, tokens
   * after which it could not are left out: an answer is steered to its end rather than cut off. (A byte needs at most
   * one token, so bytes bound tokens.)
   * @param remaining tokens that the sequence may still take, the next one included */
  fill(mask: TokenMask, set: StackSet, remaining: number): void {
    const { mask: whole, farthest } = this.#whole.get(set) ?? this.#keepWhole(set);
    mask.set(whole);
    const mayRunOut = farthest + TOKENS_AFTER_TEXT > remaining - 1;
    if (mayRunOut && set.distance + TOKENS_AFTER_TEXT <= remaining)
      this.#allowWithin(mask, set, remaining - 1 - TOKENS_AFTER_TEXT);
  }

  #keepWhole(set: StackSet): WholeMask {
    const mask = new Int32Array(maskWords(this.#vocabulary.size));
    const made = { mask, farthest: this.#allow(mask, set) };
    const maxKept = Math.max(1, Math.floor(MAX_MASK_BYTES / mask.byteLength));
    if (this.#whole.size >= maxKept) this.#whole.delete(this.#whole.keys().next().value!);
    this.#whole.set(set, made);
    return made;
  }

  /** @returns at least the largest distance to the end of the text after one of the tokens */
  #allow(mask: TokenMask, set: StackSet): number {
    let farthest = 0;
    for (const [index, state] of set.states.entries()) {
      const below = set.below[index]!;
      const { groups, followers, maxDistance } =
        state < FIRST_VIRTUAL ? this.#localTokens(state) : this.#stringTokens(state);
      for (const group of groups) allowGroup(mask, this.#vocabulary, group);
      farthest = Math.max(farthest, maxDistance + below.distance);
      if (followers.size === 0) continue;
      walkFrom(this.machine, this.#vocabulary, this.machine.popped(below), followers, (node, next) => {
        if (this.#vocabulary.tokens[node]! < 0) return;
        allowTokensAt(mask, this.#vocabulary, node);
        farthest = Math.max(farthest, next.distance);
      });
    }
    return farthest;
  }

  #allowWithin(mask: TokenMask, set: StackSet, maxDistance: number): void {
    mask.fill(0);
    walkTrie(this.machine, this.#vocabulary, set, (node, next) => {
      if (next.distance <= maxDistance) allowTokensAt(mask, this.#vocabulary, node);
    });
  }

  #localTokens(state: number): LocalTokens {
    const known = this.#local.get(state);
    if (known) return known;
    const nodes: number[] = [];
    const exits: number[] = [];
    let maxDistance = 0;
    walkTrie(this.machine, this.#vocabulary, this.machine.overHole(state), (node, next) => {
      if (this.#vocabulary.tokens[node]! >= 0) {
        nodes.push(node);
        maxDistance = Math.max(maxDistance, next.distance);
      }
      if (next.hasHole) exits.push(node);
    });
    const group = tokenGroup(nodes, this.#vocabulary);
    const made = { groups: [group], followers: childrenOf(this.#vocabulary, exits), maxDistance };
    if (this.#localBytes > MAX_LOCAL_BYTES) {
      this.#local.clear();
      this.#localBytes = 0;
    }
    this.#localBytes += groupBytes(group) + 32 * exits.length;
    this.#local.set(state, made);
    return made;
  }

  #stringTokens(state: number): LocalTokens {
    const { automaton } = this.machine;
    const { string, count, offset } = virtualState(automaton, state);
    const needed = Math.max(0, string.min - count);
    const distance = distanceOf(automaton, string.firstState + count * automaton.character.size);
    // A token may leave a character begun: at most eleven bytes of two escapes are then missing.
    return { ...this.#characters.bounded(offset, needed, string.max - count), maxDistance: distance + 12 };
  }
}
