import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { compileGrammar } from '../../src/grammar/compile-grammar.ts';
import { MatcherFactory } from '../../src/grammar/matcher.ts';
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
