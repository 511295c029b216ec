import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type LoadedEngine, loadEngine } from '../../src/engine/load-engine.ts';
import { shareGrammar } from '../../src/grammar/automaton/compiled-grammar.ts';
import { compileGrammar } from '../../src/grammar/compile/compile-grammar.ts';
import { loadVocabulary } from '../../src/grammar/vocabulary/tokenizer-vocabulary.ts';
import { spellingOf, type Vocabulary } from '../../src/grammar/vocabulary/vocabulary.ts';
import { engineSettings } from './support/describe-engine-goldens.ts';
import { collect, idsOf, request } from './support/engine.ts';
import { sampling } from './support/sampling-parameters.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/models/qwen2');
const { eos_token_id: stopId, vocab_size: vocabSize } = JSON.parse(readFileSync(join(FOLDER, 'config.json'), 'utf8'));

const schemas = [
  {
    type: 'object',
    properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 0, maximum: 130 } },
    required: ['name', 'age'],
    additionalProperties: false,
  },
  { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 4 },
  { anyOf: [{ type: 'boolean' }, { type: 'string', pattern: '^[a-z]+@[a-z]+$' }] },
];

describe('a model whose sequences have grammars', () => {
  let loaded: LoadedEngine;
  let vocabulary: Vocabulary;
  const ajv = new Ajv2020();

  beforeAll(async () => {
    const fail = (warning: string) => expect(warning).toBe('');
    loaded = await loadEngine({ folder: FOLDER, ...engineSettings }, { onProgress: () => {}, onWarning: fail });
    vocabulary = await loadVocabulary(FOLDER, vocabSize);
  });
  afterAll(() => loaded.close());

  const textOf = (ids: readonly number[]) =>
    Buffer.concat(ids.filter((id) => id !== stopId).map((id) => spellingOf(vocabulary, id))).toString();

  it('writes what they say at temperature 1.5, several at once, and leaves the others alone', async () => {
    const free = request([10, 20, 30], { maxNewTokens: 40 });
    const alone = idsOf(await collect(loaded.engine.generate(free)));
    const constrained = schemas.flatMap((schema, index) => {
      const grammar = shareGrammar(`schema ${index}`, compileGrammar({ kind: 'json-schema', schema }));
      const seeds = [1n, 2n, 3n];
      return seeds.map((seed) => ({
        schema,
        request: request([5, 6, 7], {
          grammar,
          maxNewTokens: 80,
          stopIds: [stopId],
          sampling: sampling({ temperature: 1.5, seed }),
        }),
      }));
    });
    const [mate, ...outcomes] = await Promise.all(
      [free, ...constrained.map(({ request: one }) => one)].map((one) => collect(loaded.engine.generate(one))),
    );
    expect(idsOf(mate!)).toEqual(alone);
    for (const [index, { schema }] of constrained.entries()) {
      const text = textOf(idsOf(outcomes[index]!));
      expect({ text, isValid: ajv.validate(schema, JSON.parse(text)) }).toEqual({ text, isValid: true });
      expect(outcomes[index]!.at(-1)).toMatchObject({ finishReason: 'stop-id' });
    }
  });
});
