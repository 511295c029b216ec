import { AutomatonBuilder } from './automaton-builder.ts';
import { defineJsonCharacter } from './json-text.ts';
import { allowTokensAt, maskWords, type TokenMask } from './token-mask.ts';
import type { Vocabulary } from './vocabulary.ts';

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
export interface BoundedStringTokens {
  readonly mask: TokenMask;
  /** Nodes with a closing quote whose subtrees go on after the string. */
  readonly exits: readonly number[];
}

const QUOTE = 0x22;
const DEAD = -1;
const COMPLETE = -2;
const MAX_KEPT = 256;

export class CharacterTokens {
  readonly #vocabulary: Vocabulary;
  readonly #table = characterTable();
  readonly #byOffset = new Map<number, StringTokens>();
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
    const mask = new Int32Array(maskWords(this.#vocabulary.size));
    for (const nodes of tokens.inside.slice(0, most + 1))
      for (const node of nodes) allowTokensAt(mask, this.#vocabulary, node);
    const closing = tokens.closing.slice(least, most + 1).flat();
    for (const node of closing) allowTokensAt(mask, this.#vocabulary, node);
    const made = { mask, exits: closing.filter((node) => this.#vocabulary.ends[node]! > node + 1) };
    if (this.#bounded.size >= MAX_KEPT) this.#bounded.clear();
    this.#bounded.set(key, made);
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
