import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { compileGrammar } from '../../src/grammar/compile/compile-grammar.ts';
import type { GrammarSpec } from '../../src/grammar/compile/grammar-spec.ts';
import { MatcherFactory } from '../../src/grammar/masks/matcher.ts';
import { sample, seededRandom } from './support/random-model.ts';
import { schemaList } from './support/schema-list.ts';
import { modelVocabularies } from './support/vocabularies.ts';

/** Texts for each schema and vocabulary; more by the environment for longer runs. */
const ROUNDS = Number(process.env.PARLANCE_GRAMMAR_ROUNDS ?? 2);
const MAX_TOKENS = 512;

const ajv = new Ajv2020({ strict: false, multipleOfPrecision: 9 });
addFormats.default(ajv);

const factories = modelVocabularies.map((model) => ({ ...model, factory: new MatcherFactory(model.vocabulary) }));

describe('a model of random logits under a schema', () => {
  it.each(schemaList)('writes valid JSON: $name', ({ name, schema }) => {
    const automaton = compileGrammar({ kind: 'json-schema', schema });
    const validate = ajv.compile(schema as object);
    const random = seededRandom(name.length);
    for (const { factory, vocabulary, stopId } of factories) {
      const masks = factory.masks(automaton);
      for (let round = 0; round < ROUNDS; round++) {
        const { text, isFinished } = sample(factory.matcher(masks, [stopId]), vocabulary, stopId, MAX_TOKENS, random);
        expect(isFinished).toBe(true);
        const errors = validate(JSON.parse(text)) ? [] : validate.errors;
        expect({ text, errors }).toEqual({ text, errors: [] });
      }
    }
  });
});

describe('a model of random logits', () => {
  const texts = (spec: GrammarSpec, seed: number) => {
    const automaton = compileGrammar(spec);
    const random = seededRandom(seed);
    return factories.flatMap(({ factory, vocabulary, stopId }) => {
      const masks = factory.masks(automaton);
      return Array.from({ length: ROUNDS }, () => {
        const { text, isFinished } = sample(factory.matcher(masks, [stopId]), vocabulary, stopId, MAX_TOKENS, random);
        expect(isFinished).toBe(true);
        return text;
      });
    });
  };

  it.each([
    '\\d{3}-\\d{4}',
    '(yes|no|maybe)( please)?',
    '.{10,60}',
    '[^aeiou\\s]+\\n(- .{1,20}\\n){2,4}',
    '((25[0-5]|2[0-4]\\d|[01]?\\d\\d?)\\.){3}(25[0-5]|2[0-4]\\d|[01]?\\d\\d?)',
    '\\w+@\\w+\\.(com|org)',
    '[é-ü]{4}[\u{1F600}-\u{1F64F}]?',
    '(?i)(monday|tuesday), (january|february) [1-3]?[0-9]',
  ])('writes texts that match %s', (pattern) => {
    const flags = pattern.startsWith('(?i)') ? 'iu' : 'u';
    const matcher = new RegExp(`^(?:${pattern.replace('(?i)', '')})$`, flags);
    for (const text of texts({ kind: 'regex', pattern }, pattern.length)) expect(text).toMatch(matcher);
  });

  it('writes any object where only an object is asked for', () => {
    const values = texts({ kind: 'json-object' }, 9).map((text) => JSON.parse(text));
    for (const value of values) expect(Object.prototype.toString.call(value)).toBe('[object Object]');
    expect(new Set(values.map((value) => JSON.stringify(value))).size).toBeGreaterThan(1);
  });
});
