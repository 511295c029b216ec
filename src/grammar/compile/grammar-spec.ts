/** What a text must look like, as a whole. */
export type GrammarSpec =
  | { readonly kind: 'json-schema'; readonly schema: unknown }
  /** Any JSON object. */
  | { readonly kind: 'json-object' }
  | { readonly kind: 'regex'; readonly pattern: string }
  | { readonly kind: 'parts'; readonly parts: readonly GrammarPart[] };

/** A piece of a text; pieces follow each other. */
export type GrammarPart =
  | { readonly kind: 'literal'; readonly text: string }
  /** Nothing, a space or a line end. */
  | { readonly kind: 'space' }
  /** A control token by its name, or the name as plain text. */
  | { readonly kind: 'marker'; readonly text: string }
  | {
      readonly kind: 'json';
      readonly schema: unknown;
      /** Takes any object where the schema is not supported, instead of failing. */
      readonly isLenient: boolean;
    }
  | { readonly kind: 'regex'; readonly pattern: string }
  | { readonly kind: 'choice'; readonly options: readonly (readonly GrammarPart[])[] }
  | { readonly kind: 'repeat'; readonly parts: readonly GrammarPart[]; readonly separator: string }
  | FreeText;

/** Any text, in which a trigger calls for its parts. */
export interface FreeText {
  readonly kind: 'free-text';
  readonly triggers: readonly Trigger[];
  /** Where triggers count: only as the first thing, or wherever they come. */
  readonly where: 'start' | 'anywhere';
  /** Whether free text goes on after a trigger's parts. */
  readonly goesOn: boolean;
}

export interface Trigger {
  /** Control token or plain text, as a marker is. */
  readonly text: string;
  readonly parts: readonly GrammarPart[];
}
