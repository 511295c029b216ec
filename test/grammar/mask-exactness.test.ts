import { describe, expect, it } from '@jest/globals';
import type { StackMachine, StackSet } from '../../src/grammar/automaton/stack-set.ts';
import { compileGrammar } from '../../src/grammar/compile/compile-grammar.ts';
import { MatcherFactory } from '../../src/grammar/masks/matcher.ts';
import { isAllowed, maskWords } from '../../src/grammar/masks/token-mask.ts';
import { spellingOf, type Vocabulary } from '../../src/grammar/vocabulary/vocabulary.ts';
import { seededRandom } from './support/random-model.ts';
import { schemaList } from './support/schema-list.ts';
import { modelVocabularies } from './support/vocabularies.ts';

const factories = modelVocabularies.map(({ name, vocabulary }) => ({
  name,
  vocabulary,
  factory: new MatcherFactory(vocabulary),
}));

/** Every token tried byte by byte: what the masks are a faster way to find. */
function tokensByTrial(machine: StackMachine, vocabulary: Vocabulary, set: StackSet): number[] {
  return Array.from({ length: vocabulary.size }, (_, id) => id).filter(
    (id) => after(machine, vocabulary, set, id) !== null,
  );
}

function after(machine: StackMachine, vocabulary: Vocabulary, set: StackSet, token: number): StackSet | null {
  const bytes = spellingOf(vocabulary, token);
  if (bytes.length === 0) return null;
  return bytes.reduce<StackSet | null>((at, byte) => at && machine.step(at, byte), set);
}

describe.each(factories)('a mask over the vocabulary of $name', ({ vocabulary, factory }) => {
  it.each(schemaList.filter((_, index) => index % 3 === 0))(
    'allows what may follow, and nothing else: $name',
    ({ name, schema }) => {
      const masks = factory.masks(compileGrammar({ kind: 'json-schema', schema }));
      const random = seededRandom(name.length);
      const mask = new Int32Array(maskWords(vocabulary.size));
      let set: StackSet | null = masks.machine.start();
      for (let step = 0; step < 25 && set !== null; step++) {
        masks.fill(mask, set, Number.POSITIVE_INFINITY);
        const expected = tokensByTrial(masks.machine, vocabulary, set);
        expect(Array.from({ length: vocabulary.size }, (_, id) => id).filter((id) => isAllowed(mask, id))).toEqual(
          expected,
        );
        set =
          expected.length === 0
            ? null
            : after(masks.machine, vocabulary, set, expected[Math.floor(random() * expected.length)]!);
      }
    },
  );
});

describe('a mask near the limit of tokens', () => {
  const { vocabulary, factory } = factories[0]!;
  const schema = {
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'array', items: { type: 'string' } } },
    required: ['a', 'b'],
  };
  const masks = factory.masks(compileGrammar({ kind: 'json-schema', schema }));
  const mask = new Int32Array(maskWords(vocabulary.size));
  const allowed = (set: StackSet, remaining: number) => {
    masks.fill(mask, set, remaining);
    return Array.from({ length: vocabulary.size }, (_, id) => id).filter((id) => isAllowed(mask, id));
  };

  it('leaves out the tokens after which the text could not end in time', () => {
    const { machine } = masks;
    const set = Buffer.from('{"a":"x","b":["y').reduce<StackSet>(
      (at, byte) => machine.step(at, byte)!,
      machine.start(),
    );
    // `"]}`, a stop token, and one more so that the stop token is not the last there may be.
    expect(set.distance).toBe(3);
    const unlimited = allowed(set, Number.POSITIVE_INFINITY);
    expect(allowed(set, 40)).toEqual(unlimited);
    const tight = allowed(set, 5);
    expect(tight.length).toBeGreaterThan(0);
    expect(tight.length).toBeLessThan(unlimited.length);
    for (const id of tight) expect(after(machine, vocabulary, set, id)!.distance).toBeLessThanOrEqual(2);
  });

  it('leaves out nothing where the text cannot end in time anyway', () => {
    const start = masks.machine.start();
    expect(allowed(start, 4)).toEqual(allowed(start, Number.POSITIVE_INFINITY));
  });
});

describe('a grammar that makes very many sets of stacks', () => {
  it('starts anew, and its sequences are where they were', () => {
    const { vocabulary, factory } = factories.at(-1)!;
    const options = Array.from({ length: 20 }, (_, index) => ({
      type: 'object',
      properties: { a: { $ref: '#/$defs/t' }, [`k${index}`]: { type: 'integer' } },
    }));
    const automaton = compileGrammar({
      kind: 'json-schema',
      schema: { $ref: '#/$defs/t', $defs: { t: { anyOf: options } } },
    });
    const masks = factory.masks(automaton);
    const matcher = factory.matcher(masks, [0]);
    const mask = new Int32Array(maskWords(vocabulary.size));
    const text = `${'{"a":'.repeat(40)}{}${'}'.repeat(40)}`;
    for (const byte of Buffer.from(text)) {
      matcher.fill(mask, Number.POSITIVE_INFINITY);
      const token = byte + 1;
      expect(isAllowed(mask, token)).toBe(true);
      expect(matcher.advance(token)).toBe(true);
    }
    expect(masks.generation).toBeGreaterThan(0);
    matcher.fill(mask, Number.POSITIVE_INFINITY);
    expect(Array.from({ length: vocabulary.size }, (_, id) => id).filter((id) => isAllowed(mask, id))).toEqual([0]);
  });
});
