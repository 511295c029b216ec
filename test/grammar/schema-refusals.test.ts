import { describe, expect, it } from '@jest/globals';
import { compileGrammar } from '../../src/grammar/compile/compile-grammar.ts';

const compile = (schema: unknown) => compileGrammar({ kind: 'json-schema', schema });
const nested = (depth: number): unknown => (depth === 0 ? {} : { type: 'array', items: nested(depth - 1) });

describe('a schema that is not supported', () => {
  it.each([
    [{ type: 'object', properties: { a: { not: {} } } }, '#/properties/a', 'the keyword "not"'],
    [{ if: {} }, '#', 'the keyword "if"'],
    [{ type: 'array', contains: {} }, '#', 'the keyword "contains"'],
    [{ type: 'array', uniqueItems: true }, '#/uniqueItems', 'only false'],
    [{ type: 'object', propertyNames: {} }, '#', 'the keyword "propertyNames"'],
    [{ type: 'object', unevaluatedProperties: false }, '#', 'the keyword "unevaluatedProperties"'],
    [{ type: 'string', format: 'banana' }, '#/format', '"banana" is none of date, '],
    [{ type: 'strnig' }, '#/type', '"strnig" is none of'],
    [{ $ref: 'https://example.com/schema' }, '#/$ref', 'must point into this schema'],
    [{ $ref: '#/$defs/missing' }, '#/$ref', 'points to no schema'],
    [{ $ref: '#/$defs/100%' }, '#/$ref', 'a "%" that escapes nothing'],
    [{ properties: { a: 1 } }, '#/properties/a', 'a schema is an object'],
    [{ required: 'a' }, '#/required', 'a list of names'],
    [{ minLength: -1 }, '#/minLength', '0 or more'],
    [{ minLength: 1.5 }, '#/minLength', 'whole number'],
    [{ maximum: '3' }, '#/maximum', 'it is a number'],
    [{ multipleOf: 0 }, '#/multipleOf', 'above 0'],
    [{ type: 'array', items: [{}] }, '#/items', 'prefixItems'],
    [{ anyOf: [] }, '#/anyOf', 'at least one schema'],
    [{ enum: [] }, '#/enum', 'allows no value'],
    [{ enum: [nested(80)] }, '#/enum/0', 'nested more than 64'],
    [nested(80), '#/items', 'nested more than 64'],
    ['a string', '#', 'a schema is an object'],
    [{ type: 'string', pattern: 'a(?=b)' }, 'pattern', 'look-ahead'],
  ])('is refused by name: %j', (schema, param, reason) => {
    expect(() => compile(schema)).toThrow(
      expect.objectContaining({
        code: 'validation',
        param: expect.stringContaining(param),
        message: expect.stringContaining(reason),
      }),
    );
  });
});

describe('a schema that nothing satisfies', () => {
  it.each([
    [false, 'nothing satisfies it'],
    [{ type: 'integer', minimum: 5, maximum: 3 }, 'no integer satisfies minimum 5 and maximum 3'],
    [{ type: 'integer', exclusiveMinimum: 3, exclusiveMaximum: 4 }, 'no integer satisfies'],
    [{ type: 'integer', minimum: 8, maximum: 9, multipleOf: 5 }, 'multipleOf 5'],
    [{ type: 'string', minLength: 4, maxLength: 3 }, 'minLength 4 is above maxLength 3'],
    [{ type: 'string', pattern: '^a{5}$', maxLength: 4 }, 'no string satisfies pattern'],
    [{ type: 'string', enum: [1, 2] }, 'no value of enum or const'],
    [{ allOf: [{ const: 1 }, { const: 2 }] }, 'no value of enum or const'],
    [{ allOf: [{ type: 'string' }, { type: 'integer' }] }, 'type "integer"'],
    [{ type: 'array', minItems: 3, maxItems: 2 }, 'minItems 3'],
    [{ type: 'array', prefixItems: [{}], items: false, minItems: 2 }, 'minItems 2'],
    [{ type: 'object', properties: { a: false }, required: ['a'] }, 'required names "a"'],
    [{ type: 'object', additionalProperties: false, required: ['a'] }, 'required names "a"'],
    [{ type: 'object', minProperties: 2, maxProperties: 1 }, 'minProperties 2'],
    [
      {
        $ref: '#/$defs/a',
        $defs: { a: { type: 'object', properties: { a: { $ref: '#/$defs/a' } }, required: ['a'] } },
      },
      'a required $ref never ends',
    ],
  ])('says why: %j', (schema, reason) => {
    expect(() => compile(schema)).toThrow(
      expect.objectContaining({ code: 'validation', message: expect.stringContaining(reason) }),
    );
  });

  it.each([
    [{ $ref: '#' }, 'in a circle'],
    [{ anyOf: [{ $ref: '#' }, { type: 'null' }] }, 'in a circle'],
    [{ $defs: { a: { $ref: '#/$defs/b' }, b: { allOf: [{ $ref: '#/$defs/a' }] } }, $ref: '#/$defs/a' }, 'in a circle'],
    [{ oneOf: [{ type: 'integer' }, { type: 'number' }] }, 'the options 0 and 1 overlap'],
    [
      {
        oneOf: [
          { type: 'object', properties: { a: {} } },
          { type: 'object', properties: { b: {} } },
        ],
      },
      'overlap',
    ],
  ])('is refused where what it means is not decided: %j', (schema, reason) => {
    expect(() => compile(schema)).toThrow(
      expect.objectContaining({ code: 'validation', message: expect.stringContaining(reason) }),
    );
  });
});

describe('a large schema', () => {
  const properties = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`property${index}`, { type: 'string' }]));

  it('compiles with 1,000 optional properties to a size that grows with their number', () => {
    const sizes = [250, 500, 1000].map(
      (count) => compile({ type: 'object', properties: properties(count) }).isAccepting.length,
    );
    expect(sizes[2]! / sizes[1]!).toBeLessThan(2.5);
    expect(sizes[1]! / sizes[0]!).toBeLessThan(2.5);
  });

  it.each([
    [{ anyOf: Array.from({ length: 5001 }, () => ({})) }, 'more than 5000 subschemas'],
    [{ type: 'object', properties: properties(2001) }, 'more than 2000 entries'],
    [{ enum: Array.from({ length: 5001 }, (_, index) => index) }, 'more than 5000 values'],
    [
      { allOf: Array.from({ length: 20 }, (_, index) => ({ anyOf: [{ minimum: index }, { maximum: -index }] })) },
      'choices multiply',
    ],
    [{ type: 'string', pattern: '^(a|b)*a(a|b){30}$' }, 'too complex'],
  ])('is refused beyond its bounds, quickly', (schema, reason) => {
    const started = performance.now();
    expect(() => compile(schema)).toThrow(reason);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
