import { describe, expect, it } from '@jest/globals';
import { toGrammarSpec } from '../../src/http/validation/grammar-spec.ts';

const schema = { type: 'object', properties: { a: { type: 'string' } } };
const refusal = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return [code, message];
  }
  return undefined;
};

describe('the grammar of a TGI request', () => {
  it.each([
    [{ type: 'json', value: schema } as const, { kind: 'json-schema', schema }],
    [{ type: 'json', value: { properties: schema.properties } } as const, { kind: 'json-schema', schema }],
    [{ type: 'json_object', value: JSON.stringify(schema) } as const, { kind: 'json-schema', schema }],
    [{ type: 'json_schema', value: { schema } } as const, { kind: 'json-schema', schema }],
    [{ type: 'regex', value: 'a+' } as const, { kind: 'regex', pattern: 'a+' }],
    [{ type: 'regex', value: '' } as const, undefined],
  ])('%j is read', (grammar, spec) => {
    expect(toGrammarSpec(grammar, true)).toEqual(spec);
  });

  it('is refused in TGI’s words', () => {
    expect(refusal(() => toGrammarSpec({ type: 'json', value: { type: 'object' } }, true))).toEqual([
      'invalid_grammar',
      "Grammar must have a 'properties' field",
    ]);
    expect(refusal(() => toGrammarSpec({ type: 'json', value: 5 }, true))).toEqual([
      'validation',
      'grammar is not supported',
    ]);
    expect(refusal(() => toGrammarSpec({ type: 'json', value: '{nope' }, true))).toEqual([
      'invalid_grammar',
      expect.stringMatching(/^`value` is a text that is no JSON: /),
    ]);
    expect(refusal(() => toGrammarSpec({ type: 'regex', value: 'a' }, false))).toEqual([
      'validation',
      'grammar is not supported',
    ]);
  });
});
