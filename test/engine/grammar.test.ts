import { describe, expect, it } from '@jest/globals';
import { shareGrammar } from '../../src/grammar/automaton/compiled-grammar.ts';
import { compileGrammar } from '../../src/grammar/compile/compile-grammar.ts';
import { MatcherFactory } from '../../src/grammar/masks/matcher.ts';
import { localConstraints } from '../../src/grammar/masks/token-constraint.ts';
import { buildVocabulary } from '../../src/grammar/vocabulary/vocabulary.ts';
import { collect, createEngine, idsOf, request } from './support/engine.ts';
import { FakeModel } from './support/fake-model.ts';
import { sampling } from './support/sampling-parameters.ts';

/** Ids 0 to 38 spell one character each, 39 stops. */
const CHARACTERS = [...'{}[]":,0123456789abcdefghijklmnopqrstu '];
const STOP_ID = 39;
const vocabulary = buildVocabulary(
  CHARACTERS.map((character) => new TextEncoder().encode(character)),
  40,
);
const spell = (ids: readonly number[]) =>
  ids
    .filter((id) => id !== STOP_ID)
    .map((id) => CHARACTERS[id])
    .join('');

const schema = {
  type: 'object',
  properties: {
    a: { type: 'integer', minimum: 0, maximum: 99 },
    b: { type: 'array', items: { type: 'string', pattern: '^[a-f]+$', maxLength: 4 } },
  },
  required: ['a', 'b'],
};
const grammar = shareGrammar('schema', compileGrammar({ kind: 'json-schema', schema }));
const digits = shareGrammar('digits', compileGrammar({ kind: 'regex', pattern: '[0-9]{5}' }));

const engineWithGrammars = () =>
  createEngine({
    model: new FakeModel({ vocabSize: 40 }),
    constraints: localConstraints(new MatcherFactory(vocabulary)),
  });
const constrained = (first: number, overrides = {}) =>
  request([first, 2, 3], { grammar, maxNewTokens: 40, stopIds: [STOP_ID], ...overrides });

describe('a sequence with a grammar', () => {
  it.each([
    ['greedy', {}],
    ['at temperature 2', { sampling: sampling({ temperature: 2 }) }],
  ])('is what its schema says, %s, and stops by itself', async (_, overrides) => {
    for (let first = 0; first < 10; first++) {
      const events = await collect(engineWithGrammars().generate(constrained(first, overrides)));
      const value = JSON.parse(spell(idsOf(events)));
      expect(value).toEqual({ a: expect.any(Number), b: expect.any(Array) });
      expect(value.a).toBeLessThan(100);
      for (const item of value.b) expect(item).toMatch(/^[a-f]{1,4}$/);
      expect(events.at(-1)).toMatchObject({ finishReason: 'stop-id' });
    }
  });

  it('gives log-probabilities of what the grammar leaves', async () => {
    const [, first] = await collect(engineWithGrammars().generate(constrained(1, { numTopTokens: 4 })));
    expect(first).toMatchObject({ id: 0, logprob: 0 });
  });

  it('leaves its batch-mates as they are', async () => {
    const free = request([7, 8, 9], { maxNewTokens: 20 });
    const alone = idsOf(await collect(createEngine({ model: new FakeModel({ vocabSize: 40 }) }).generate(free)));
    const engine = engineWithGrammars();
    const requests = [constrained(1), free, request([4, 5], { grammar: digits, maxNewTokens: 10, stopIds: [STOP_ID] })];
    const [object, mate, number] = await Promise.all(
      requests.map(async (one) => idsOf(await collect(engine.generate(one)))),
    );
    expect(mate).toEqual(alone);
    expect(spell(number!)).toMatch(/^[0-9]{5}$/);
    expect(JSON.parse(spell(object!))).toHaveProperty('a');
  });

  it('is refused where the engine has no grammars, or nothing could stop it', async () => {
    await expect(collect(createEngine().generate(constrained(1)))).rejects.toMatchObject({
      code: 'validation',
      param: 'grammar',
    });
    await expect(collect(engineWithGrammars().generate(constrained(1, { stopIds: [] })))).rejects.toThrow(
      'a grammar needs a stop id',
    );
  });
});
