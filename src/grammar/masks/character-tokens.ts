import { AutomatonBuilder } from '../automaton/automaton-builder.ts';
import { defineJsonCharacter } from '../automaton/json-text.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { type TokenGroup, tokenGroup, without } from './token-mask.ts';
import { childrenOf, type NodesByByte } from './trie-walk.ts';

/** What the vocabulary holds that can go on inside a JSON string, by the number of characters it has.
 * All strings of all grammars share it: inside strings nearly every token is allowed, so walking the trie there would
 * cost most of all (3 ms at vocabulary 128k). */
interface StringTokens {
  /** Trie nodes of tokens that stay inside, each with the number of characters it starts. */
  readonly inside: readonly (readonly number[])[];
  /** Trie nodes that end with the closing quote, by the number of characters before it. */
  readonly closing: readonly (readonly number[])[];
}

/** The tokens for a string that needs, and has room for, so many more characters. */
interface BoundedStringTokens {
  /** Tokens that stay inside, and tokens that end with the string. */
  readonly groups: readonly TokenGroup[];
  /** Trie nodes with which begins what follows the string. */
  readonly followers: NodesByByte;
}

const QUOTE = 0x22;
const DEAD = -1;
const COMPLETE = -2;
const MAX_KEPT = 256;

export class CharacterTokens {
  readonly #vocabulary: Vocabulary;
  readonly #table = characterTable();
  readonly #byOffset = new Map<number, StringTokens>();
  readonly #insideGroups = new Map<string, TokenGroup>();
  readonly #bounded = new Map<string, BoundedStringTokens>();

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    this.#tokensFrom(0);
  }

  /** @param offset state within the character, 0 between characters @param needed characters at least, with the one begun
   * @param room characters at most, with the one begun; may be Infinity */
  bounded(offset: number, needed: number, room: number): BoundedStringTokens {
    const tokens = this.#tokensFrom(offset);
    const longest = Math.max(tokens.inside.length, tokens.closing.length);
    const least = Math.min(needed, longest);
    const most = Math.min(room, longest);
    const key = `${offset},${least},${most}`;
    const known = this.#bounded.get(key);
    if (known) return known;
    const closing = tokens.closing.slice(least, most + 1).flat();
    const ended = tokenGroup(
      closing.filter((node) => this.#vocabulary.tokens[node]! >= 0),
      this.#vocabulary,
    );
    const made = { groups: [this.#inside(offset, most), ended], followers: childrenOf(this.#vocabulary, closing) };
    if (this.#bounded.size >= MAX_KEPT) this.#bounded.clear();
    this.#bounded.set(key, made);
    return made;
  }

  /** Few tokens are long: a mask is made from the one without a bound, where that is the smaller change. */
  #inside(offset: number, room: number): TokenGroup {
    const key = `${offset},${room}`;
    const known = this.#insideGroups.get(key);
    if (known) return known;
    const { inside } = this.#tokensFrom(offset);
    const [fitting, tooLong] = [inside.slice(0, room + 1), inside.slice(room + 1)];
    const isMost = tooLong.length > 0 && total(tooLong) < total(fitting);
    const made = isMost
      ? without(this.#inside(offset, inside.length), tooLong.flat(), this.#vocabulary)
      : tokenGroup(fitting.flat(), this.#vocabulary);
    if (this.#insideGroups.size >= MAX_KEPT) this.#insideGroups.clear();
    this.#insideGroups.set(key, made);
    return made;
  }

  #tokensFrom(offset: number): StringTokens {
    const known = this.#byOffset.get(offset);
    if (known) return known;
    const { bytes, depths, ends, tokens } = this.#vocabulary;
    const inside: number[][] = [[]];
    const closing: number[][] = [[]];
    const offsets = [offset];
    const counts = [0];
    for (let node = 0; node < bytes.length; ) {
      const depth = depths[node]!;
      const from = offsets[depth]!;
      const count = counts[depth]!;
      if (from === 0 && bytes[node] === QUOTE) {
        push(closing, count, node);
        node = ends[node]!;
        continue;
      }
      const target = this.#table[from * 256 + bytes[node]!]!;
      if (target === DEAD) {
        node = ends[node]!;
        continue;
      }
      const isComplete = target === COMPLETE;
      offsets[depth + 1] = isComplete ? 0 : target;
      counts[depth + 1] = isComplete ? count + 1 : count;
      if (tokens[node]! >= 0) push(inside, count + 1, node);
      node++;
    }
    const made = { inside, closing };
    this.#byOffset.set(offset, made);
    return made;
  }
}

const total = (lists: readonly (readonly number[])[]) => lists.reduce((sum, list) => sum + list.length, 0);

function push(lists: number[][], index: number, node: number): void {
  while (lists.length <= index) lists.push([]);
  lists[index]!.push(node);
}

/** [state of the character × byte] → state, {@link COMPLETE} or {@link DEAD}: JSON's characters are deterministic. */
function characterTable(): Int16Array {
  const builder = new AutomatonBuilder();
  defineJsonCharacter(builder);
  const { character, edgeStarts, edgeLabels, edgeTargets } = builder.build(builder.state());
  const table = new Int16Array(character.size * 256).fill(DEAD);
  for (let offset = 0; offset < character.size; offset++) {
    const state = character.start + offset;
    for (let edge = edgeStarts[state]!; edge < edgeStarts[state + 1]!; edge++) {
      const label = edgeLabels[edge]!;
      const target = edgeTargets[edge]!;
      const value = target === character.end ? COMPLETE : target - character.start;
      for (let byte = label & 0xff; byte <= label >> 8; byte++) table[offset * 256 + byte] = value;
    }
  }
  return table;
}
