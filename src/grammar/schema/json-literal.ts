import type { AutomatonBuilder } from '../automaton/automaton-builder.ts';
import { optionalSpace } from '../automaton/json-text.ts';
import { isRecord, scalarText } from './json-schema.ts';

/** Adds one of several JSON values, written as JSON writes them, with the blanks that other values may have.
 * @returns the state after any of them */
export function addLiterals(builder: AutomatonBuilder, from: number, values: readonly unknown[]): number {
  const end = builder.state();
  const isScalar = (value: unknown) => typeof value !== 'object' || value === null;
  addTexts(builder, from, values.filter(isScalar).map(scalarText), end);
  for (const value of values) if (!isScalar(value)) builder.silent(addLiteral(builder, from, value), end);
  return end;
}

/** Shares what texts have in common at their start: thousands of values stay one edge wide. */
function addTexts(builder: AutomatonBuilder, from: number, texts: readonly string[], end: number): void {
  const children = new Map<number, Map<number, number>>();
  for (const text of new Set(texts)) {
    let state = from;
    for (const byte of new TextEncoder().encode(text)) {
      const known = children.get(state) ?? new Map<number, number>();
      children.set(state, known);
      let next = known.get(byte);
      if (next === undefined) {
        next = builder.state();
        known.set(byte, next);
        builder.bytes(state, byte, byte, next);
      }
      state = next;
    }
    builder.silent(state, end);
  }
}

function addLiteral(builder: AutomatonBuilder, from: number, value: unknown): number {
  if (Array.isArray(value)) {
    return addEnclosed(builder, from, '[]', value, (item, state) => addLiteral(builder, state, item));
  }
  if (!isRecord(value)) return builder.text(from, scalarText(value));
  return addEnclosed(builder, from, '{}', Object.entries(value), ([name, item], state) => {
    return addLiteral(builder, optionalSpace(builder, builder.text(state, `${JSON.stringify(name)}:`)), item);
  });
}

function addEnclosed<Item>(
  builder: AutomatonBuilder,
  from: number,
  brackets: string,
  items: readonly Item[],
  add: (item: Item, state: number) => number,
): number {
  let state = optionalSpace(builder, builder.text(from, brackets[0]!));
  for (const [index, item] of items.entries()) {
    if (index > 0) state = optionalSpace(builder, builder.text(state, ','));
    state = add(item, state);
  }
  return builder.text(optionalSpace(builder, state), brackets[1]!);
}
