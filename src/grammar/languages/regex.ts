import type { CodePointSet } from './code-point-set.ts';

/** A regular expression as a tree. Anchors are sets that hold one of the two markers below. */
export type Regex =
  | { readonly kind: 'set'; readonly set: CodePointSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Regex[] }
  | { readonly kind: 'choice'; readonly options: readonly Regex[] }
  | { readonly kind: 'repeat'; readonly body: Regex; readonly min: number; readonly max: number };

/** Stand for the edges of the text: `^` and `$` match them as if they were characters, once each. */
export const TEXT_START = 0x110000;
export const TEXT_END = 0x110001;

export const EMPTY: Regex = { kind: 'sequence', parts: [] };

export const setOf = (set: CodePointSet): Regex => ({ kind: 'set', set });
export const sequence = (...parts: Regex[]): Regex => ({ kind: 'sequence', parts });
export const choice = (...options: Regex[]): Regex => ({ kind: 'choice', options });
export const repeat = (body: Regex, min: number, max: number): Regex => ({ kind: 'repeat', body, min, max });
export const optional = (body: Regex): Regex => repeat(body, 0, 1);

export function literal(text: string): Regex {
  return sequence(...[...text].map((character) => setOf([character.codePointAt(0)!, character.codePointAt(0)!])));
}

export function choiceOfTexts(texts: readonly string[]): Regex {
  return choice(...texts.map(literal));
}
