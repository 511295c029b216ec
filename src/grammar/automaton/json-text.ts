import { type CharDfa, edgesOf } from '../languages/char-dfa.ts';
import { type CodePointSet, intersect, SCALAR_VALUES, subtract } from '../languages/code-point-set.ts';
import type { AutomatonBuilder } from './automaton-builder.ts';

const MUST_ESCAPE: CodePointSet = [0x00, 0x1f, 0x22, 0x22, 0x5c, 0x5c];
const UNESCAPED = subtract(SCALAR_VALUES, MUST_ESCAPE);
const HEX = '0-9 a-f A-F';

/** Between tokens of JSON stands nothing, one space or one line end: a model cannot fill its answer with blanks. */
export function optionalSpace(builder: AutomatonBuilder, from: number): number {
  const to = builder.state();
  builder.silent(from, to);
  builder.bytes(from, 0x20, 0x20, to);
  builder.bytes(from, 0x0a, 0x0a, to);
  return to;
}

/** Defines what strings are made of; once for a grammar, before its schemas. */
export function defineJsonCharacter(builder: AutomatonBuilder): void {
  builder.defineCharacter(
    (start, end) => addJsonCharacter(builder, start, end),
    (exit) => builder.accept(builder.text(exit, '"')),
  );
}

/** Any character of a JSON string and any way to escape it; surrogates in pairs only. */
function addJsonCharacter(builder: AutomatonBuilder, start: number, end: number): void {
  builder.character(start, UNESCAPED, end);
  const escaped = builder.text(start, '\\');
  byteClasses(builder, escaped, '" \\ / b f n r t', end);
  const unicode = builder.text(escaped, 'u');
  const three = hexadecimal(builder, 3, end);
  byteClasses(builder, unicode, '0-9 a-c A-C e-f E-F', three);
  const surrogate = builder.state();
  byteClasses(builder, unicode, 'd D', surrogate);
  byteClasses(builder, surrogate, '0-7', hexadecimal(builder, 2, end));
  const afterHigh = builder.state();
  byteClasses(builder, surrogate, '8-9 a-b A-B', hexadecimal(builder, 2, afterHigh));
  const lowStart = builder.text(afterHigh, '\\u');
  const low = builder.state();
  byteClasses(builder, lowStart, 'd D', low);
  byteClasses(builder, low, 'c-f C-F', hexadecimal(builder, 2, end));
}

function hexadecimal(builder: AutomatonBuilder, length: number, end: number): number {
  let next = end;
  for (let count = 0; count < length; count++) {
    const state = builder.state();
    byteClasses(builder, state, HEX, next);
    next = state;
  }
  return next;
}

/** @param classes separated by spaces: a character, or two with a hyphen between */
function byteClasses(builder: AutomatonBuilder, from: number, classes: string, to: number): void {
  for (const item of classes.split(' ')) {
    builder.bytes(from, item.charCodeAt(0), item.charCodeAt(item.length - 1), to);
  }
}

/** Adds the texts of a DFA as they are. @returns the state after any of them */
export function addRawText(builder: AutomatonBuilder, dfa: CharDfa, from: number): number {
  return addDfa(builder, dfa, from, (state, set, to) => builder.character(state, set, to));
}

/** Adds the texts of a DFA as the inside of a JSON string, each character in one way only: escaped where it must be. */
export function addStringContent(builder: AutomatonBuilder, dfa: CharDfa, from: number): number {
  return addDfa(builder, dfa, from, (state, set, to) => {
    builder.character(state, intersect(set, UNESCAPED), to);
    const escaped = intersect(set, MUST_ESCAPE);
    for (let index = 0; index < escaped.length; index += 2) {
      for (let point = escaped[index]!; point <= escaped[index + 1]!; point++) {
        const text = JSON.stringify(String.fromCodePoint(point)).slice(1, -1);
        builder.silent(builder.text(state, text), to);
      }
    }
  });
}

function addDfa(
  builder: AutomatonBuilder,
  dfa: CharDfa,
  from: number,
  addEdge: (state: number, set: CodePointSet, to: number) => void,
): number {
  const end = builder.state();
  const states = dfa.next.map(() => builder.state());
  builder.silent(from, states[0]!);
  for (const [index, state] of states.entries()) {
    if (dfa.accepting[index]) builder.silent(state, end);
    for (const [target, set] of edgesOf(dfa, index)) addEdge(state, set, states[target]!);
  }
  return end;
}
