import { formatPatterns, integerFormats, openFormats } from './formats.ts';
import { isRecord, resolveReference, type Schema, schemaError } from './json-schema.ts';

/** Bounds on one schema document. */
const schemaLimits = {
  maxDepth: 64,
  maxSubschemas: 5_000,
  maxProperties: 2_000,
  maxEnumValues: 5_000,
  maxTextLength: 20_000,
  maxItems: 10_000,
} as const;

type Check = (value: unknown, path: string, walk: Walk) => void;

interface Walk {
  readonly root: Schema;
  readonly depth: number;
  readonly count: { subschemas: number };
}

/** Checks that each keyword is one whose meaning the grammar holds, and has a value it can have. References must lead
 * somewhere; whether any value fits is found when the grammar is built.
 * @throws validation naming the first keyword at fault */
export function checkSchema(schema: unknown): asserts schema is Schema {
  const root = schema as Schema;
  checkNode(schema, '#', { root, depth: 0, count: { subschemas: 0 } });
}

const checkNode: Check = (schema, path, walk) => {
  if (typeof schema === 'boolean') return;
  if (!isRecord(schema)) throw schemaError(path, 'a schema is an object, true or false');
  if (walk.depth > schemaLimits.maxDepth)
    throw schemaError(path, `it is nested more than ${schemaLimits.maxDepth} deep`);
  if (++walk.count.subschemas > schemaLimits.maxSubschemas) {
    throw schemaError(path, `there are more than ${schemaLimits.maxSubschemas} subschemas`);
  }
  for (const [keyword, value] of Object.entries(schema)) {
    const check = keywords.get(keyword);
    if (!check) throw schemaError(path, `the keyword "${keyword}" is not supported`);
    check(value, `${path}/${keyword}`, walk);
  }
};

const deeper = (walk: Walk): Walk => ({ ...walk, depth: walk.depth + 1 });

const oneSchema: Check = (value, path, walk) => checkNode(value, path, deeper(walk));

const schemaList: Check = (value, path, walk) => {
  if (!Array.isArray(value) || value.length === 0) throw schemaError(path, 'it is a list of at least one schema');
  for (const [index, schema] of value.entries()) checkNode(schema, `${path}/${index}`, deeper(walk));
};

const schemaMap: Check = (value, path, walk) => {
  if (!isRecord(value)) throw schemaError(path, 'it is an object of schemas');
  const entries = Object.entries(value);
  if (entries.length > schemaLimits.maxProperties)
    throw schemaError(path, `it has more than ${schemaLimits.maxProperties} entries`);
  for (const [name, schema] of entries) checkNode(schema, `${path}/${name}`, deeper(walk));
};

const items: Check = (value, path, walk) => {
  if (Array.isArray(value)) throw schemaError(path, 'a list of schemas is written as prefixItems');
  oneSchema(value, path, walk);
};

const reference: Check = (value, path, walk) => {
  if (typeof value !== 'string') throw schemaError(path, 'it is a string');
  resolveReference(walk.root, value, path);
};

const finiteNumber: Check = (value, path) => {
  if (typeof value !== 'bigint' && !Number.isFinite(value)) throw schemaError(path, 'it is a number');
};

const positiveNumber: Check = (value, path, walk) => {
  finiteNumber(value, path, walk);
  if (Number(value) <= 0) throw schemaError(path, `it is above 0, not ${value}`);
};

const count =
  (maximum: number): Check =>
  (value, path) => {
    const isWhole = typeof value === 'bigint' || Number.isInteger(value);
    if (!isWhole || Number(value) < 0) throw schemaError(path, 'it is a whole number, 0 or more');
    if (Number(value) > maximum) throw schemaError(path, `it is at most ${maximum}, not ${value}`);
  };

const names: Check = (value, path) => {
  const isList = Array.isArray(value) && value.every((name) => typeof name === 'string');
  if (!isList) throw schemaError(path, 'it is a list of names');
  if (value.length > schemaLimits.maxProperties)
    throw schemaError(path, `it has more than ${schemaLimits.maxProperties} names`);
};

const nameLists: Check = (value, path, walk) => {
  if (!isRecord(value)) throw schemaError(path, 'it is an object of lists of names');
  for (const [name, list] of Object.entries(value)) names(list, `${path}/${name}`, walk);
};

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

const type: Check = (value, path) => {
  const known = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'];
  const types = Array.isArray(value) ? value : [value];
  if (types.length === 0) throw schemaError(path, 'it allows no type');
  const unknown = types.find((name) => !known.includes(name));
  if (unknown !== undefined) throw schemaError(path, `${shown(unknown)} is none of ${known.join(', ')}`);
};

const enumeration: Check = (value, path) => {
  if (!Array.isArray(value) || value.length === 0) throw schemaError(path, 'it allows no value');
  if (value.length > schemaLimits.maxEnumValues)
    throw schemaError(path, `it has more than ${schemaLimits.maxEnumValues} values`);
  for (const [index, item] of value.entries()) checkDepth(item, `${path}/${index}`, 0);
};

const value: Check = (item, path) => checkDepth(item, path, 0);

function checkDepth(item: unknown, path: string, depth: number): void {
  if (depth > schemaLimits.maxDepth) throw schemaError(path, `it is nested more than ${schemaLimits.maxDepth} deep`);
  if (typeof item !== 'object' || item === null) return;
  for (const part of Object.values(item)) checkDepth(part, path, depth + 1);
}

const text: Check = (value, path) => {
  if (typeof value !== 'string') throw schemaError(path, 'it is a string');
  if (value.length > schemaLimits.maxTextLength)
    throw schemaError(path, `it is longer than ${schemaLimits.maxTextLength}`);
};

const format: Check = (value, path) => {
  const known = [...formatPatterns.keys(), ...integerFormats.keys(), ...openFormats];
  if (!known.includes(value as string)) throw schemaError(path, `${shown(value)} is none of ${known.join(', ')}`);
};

const flag: Check = (value, path) => {
  if (typeof value !== 'boolean') throw schemaError(path, 'it is true or false');
};

/** For keywords whose `false` is their default. */
const onlyFalse: Check = (value, path) => {
  if (value !== false) throw schemaError(path, 'only false is supported');
};

const annotation: Check = () => {};

const keywords: ReadonlyMap<string, Check> = new Map<string, Check>([
  ...['title', 'description', 'default', 'examples', 'example', 'deprecated', 'readOnly', 'writeOnly'].map(
    asAnnotation,
  ),
  ...['$schema', '$id', 'id', '$comment', 'contentEncoding', 'contentMediaType', 'discriminator', 'strict'].map(
    asAnnotation,
  ),
  ['type', type],
  ['nullable', flag],
  ['enum', enumeration],
  ['const', value],
  ['$ref', reference],
  ['$defs', schemaMap],
  ['definitions', schemaMap],
  ['allOf', schemaList],
  ['anyOf', schemaList],
  ['oneOf', schemaList],
  ['properties', schemaMap],
  ['patternProperties', schemaMap],
  ['additionalProperties', oneSchema],
  ['required', names],
  ['dependentRequired', nameLists],
  ['dependentSchemas', schemaMap],
  ['minProperties', count(schemaLimits.maxProperties)],
  ['maxProperties', count(Number.POSITIVE_INFINITY)],
  ['items', items],
  ['prefixItems', schemaList],
  ['minItems', count(schemaLimits.maxItems)],
  ['maxItems', count(Number.POSITIVE_INFINITY)],
  ['uniqueItems', onlyFalse],
  ['minLength', count(1_000_000)],
  ['maxLength', count(Number.POSITIVE_INFINITY)],
  ['pattern', text],
  ['format', format],
  ['minimum', finiteNumber],
  ['maximum', finiteNumber],
  ['exclusiveMinimum', finiteNumber],
  ['exclusiveMaximum', finiteNumber],
  ['multipleOf', positiveNumber],
]);

function asAnnotation(keyword: string): [string, Check] {
  return [keyword, annotation];
}
