import type { Matcher } from '../../../src/grammar/masks/matcher.ts';
import { isAllowed, maskWords } from '../../../src/grammar/masks/token-mask.ts';
import { spellingOf, type Vocabulary } from '../../../src/grammar/vocabulary/vocabulary.ts';

/** mulberry32: the same numbers from the same seed. @returns values in [0, 1) */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function allowedTokens(matcher: Matcher, vocabulary: Vocabulary, remaining: number): number[] {
  const mask = new Int32Array(maskWords(vocabulary.size));
  matcher.fill(mask, remaining);
  return Array.from({ length: vocabulary.size }, (_, id) => id).filter((id) => isAllowed(mask, id));
}

interface Sample {
  readonly text: string;
  /** A stop token came before the limit. */
  readonly isFinished: boolean;
  readonly numTokens: number;
}

/** Draws each token evenly from those allowed: what a model of random logits does at a high temperature.
 * @throws when nothing is allowed, or a token that the mask allows is refused */
export function sample(
  matcher: Matcher,
  vocabulary: Vocabulary,
  stopId: number,
  maxTokens: number,
  random: () => number,
): Sample {
  const bytes: number[] = [];
  for (let numTokens = 1; numTokens <= maxTokens; numTokens++) {
    const allowed = allowedTokens(matcher, vocabulary, maxTokens - numTokens + 1);
    if (allowed.length === 0) throw new Error(`nothing may follow ${Buffer.from(bytes)}`);
    const id = allowed[Math.floor(random() * allowed.length)]!;
    if (!matcher.advance(id)) throw new Error(`${id} is allowed but refused after ${Buffer.from(bytes)}`);
    if (id === stopId) return { text: Buffer.from(bytes).toString(), isFinished: numTokens < maxTokens, numTokens };
    bytes.push(...spellingOf(vocabulary, id));
  }
  return { text: Buffer.from(bytes).toString(), isFinished: false, numTokens: maxTokens };
}
