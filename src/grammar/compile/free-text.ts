import type { AutomatonBuilder } from '../automaton/automaton-builder.ts';
import { codePointsOf, SCALAR_VALUES, subtract } from '../languages/code-point-set.ts';
import { controlTokenBytes } from '../vocabulary/vocabulary.ts';
import type { FreeText, Trigger } from './grammar-spec.ts';

/** Adds any text in which the first trigger that is complete decides what follows: Aho and Corasick's automaton, whose
 * states are the beginnings of triggers that the text ends with.
 * @param addTrigger adds a trigger's parts, returns the state after them
 * @returns the state in which the text may end */
export function addFreeText(
  builder: AutomatonBuilder,
  { triggers, where, goesOn }: FreeText,
  from: number,
  addTrigger: (trigger: Trigger, state: number) => number,
): number {
  const end = builder.state();
  const prefixes = new Set(['', ...triggers.flatMap(({ text }) => beginnings(text))]);
  const states = new Map([...prefixes].map((prefix) => [prefix, builder.state()]));
  const plain = where === 'anywhere' ? states.get('')! : builder.state();
  const fired = new Map(triggers.map((trigger) => [trigger.text, builder.state()]));
  builder.silent(from, states.get('')!);
  for (const state of new Set([...states.values(), plain])) builder.silent(state, end);
  if (where === 'start') builder.character(plain, SCALAR_VALUES, plain);
  const alphabet = [...new Set(triggers.flatMap(({ text }) => [...text]))];
  for (const [prefix, state] of states) {
    builder.character(state, subtract(SCALAR_VALUES, codePointsOf(alphabet.join(''))), plain);
    for (const character of alphabet) {
      const target =
        where === 'anywhere'
          ? longestSuffix(prefix + character, states, fired)
          : (fired.get(prefix + character) ?? states.get(prefix + character));
      builder.character(state, codePointsOf(character), target ?? plain);
    }
    if (where === 'start' && prefix !== '') continue;
    for (const { text } of triggers)
      builder.silent(builder.literalBytes(state, controlTokenBytes(text)), fired.get(text)!);
  }
  for (const trigger of triggers)
    builder.silent(addTrigger(trigger, fired.get(trigger.text)!), goesOn ? states.get('')! : end);
  return end;
}

/** All but the whole. */
function beginnings(text: string): string[] {
  const characters = [...text];
  return characters.map((_, index) => characters.slice(0, index).join(''));
}

function longestSuffix(
  text: string,
  states: ReadonlyMap<string, number>,
  fired: ReadonlyMap<string, number>,
): number | undefined {
  const characters = [...text];
  for (let start = 0; start < characters.length; start++) {
    const suffix = characters.slice(start).join('');
    const found = fired.get(suffix) ?? states.get(suffix);
    if (found !== undefined) return found;
  }
  return undefined;
}
