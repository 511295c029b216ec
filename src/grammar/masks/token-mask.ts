import type { Vocabulary } from '../vocabulary/vocabulary.ts';

/** One bit a token, bit i of word w for token 32 w + i; set where the token is allowed. */
export type TokenMask = Int32Array;

export const maskWords = (vocabSize: number): number => (vocabSize + 31) >>> 5;

export function allowToken(mask: TokenMask, token: number): void {
  mask[token >>> 5]! |= 1 << (token & 31);
}

export const isAllowed = (mask: TokenMask, token: number): boolean => ((mask[token >>> 5]! >>> (token & 31)) & 1) === 1;

/** Allows every token that ends at the trie node. */
export function allowTokensAt(mask: TokenMask, vocabulary: Vocabulary, node: number): void {
  for (let token = vocabulary.tokens[node]!; token >= 0; token = vocabulary.siblings[token]!) allowToken(mask, token);
}

/** Sets of tokens that are kept: as nodes of the trie where they are few, as a mask where they are many. */
export type TokenGroup = { readonly nodes: Int32Array } | { readonly mask: TokenMask };

export function tokenGroup(nodes: readonly number[], vocabulary: Vocabulary): TokenGroup {
  if (nodes.length * 8 < maskWords(vocabulary.size)) return { nodes: Int32Array.from(nodes) };
  const mask = new Int32Array(maskWords(vocabulary.size));
  for (const node of nodes) allowTokensAt(mask, vocabulary, node);
  return { mask };
}

/** A group less the tokens that end at some of its nodes. */
export function without(group: TokenGroup, nodes: readonly number[], vocabulary: Vocabulary): TokenGroup {
  if ('nodes' in group) {
    const left = new Set(nodes);
    return { nodes: group.nodes.filter((node) => !left.has(node)) };
  }
  const mask = group.mask.slice();
  for (const node of nodes) {
    for (let token = vocabulary.tokens[node]!; token >= 0; token = vocabulary.siblings[token]!) {
      mask[token >>> 5]! &= ~(1 << (token & 31));
    }
  }
  return { mask };
}

export function allowGroup(mask: TokenMask, vocabulary: Vocabulary, group: TokenGroup): void {
  if ('mask' in group) for (let word = 0; word < mask.length; word++) mask[word]! |= group.mask[word]!;
  else for (const node of group.nodes) allowTokensAt(mask, vocabulary, node);
}

export const groupBytes = (group: TokenGroup): number => ('mask' in group ? group.mask : group.nodes).byteLength;
