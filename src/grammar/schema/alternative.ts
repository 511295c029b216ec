import { integerFormats, openFormats } from './formats.ts';
import {
  areJsonEqual,
  countKeyword,
  JSON_TYPES,
  type JsonNumber,
  type JsonType,
  namesKeyword,
  numberKeyword,
  type Schema,
  type SchemaObject,
  subschemas,
  textKeyword,
} from './json-schema.ts';
import type { Bound } from './number-language.ts';

/** What one schema says of an object's keys. */
export interface KeyConstraint {
  readonly properties: ReadonlyMap<string, Schema>;
  readonly patterns: readonly (readonly [string, Schema])[];
  /** Of the other keys; undefined where the schema is silent. */
  readonly additional: Schema | undefined;
}

/** What one schema says of a list's items. */
interface ItemConstraint {
  readonly prefix: readonly Schema[];
  readonly rest: Schema | undefined;
}

/** A conjunction of keywords without choices: a schema is a disjunction of these. */
export interface Alternative {
  readonly types: readonly JsonType[];
  readonly isInteger: boolean;
  readonly min: Bound | undefined;
  readonly max: Bound | undefined;
  readonly multiplesOf: readonly JsonNumber[];
  readonly minLength: number;
  readonly maxLength: number;
  readonly patterns: readonly string[];
  readonly formats: readonly string[];
  readonly minItems: number;
  readonly maxItems: number;
  readonly items: readonly ItemConstraint[];
  readonly keys: readonly KeyConstraint[];
  readonly required: readonly string[];
  readonly minProperties: number;
  readonly maxProperties: number;
  /** The only values, as far as `enum` and `const` say. */
  readonly values: readonly unknown[] | undefined;
}

export const anything: Alternative = {
  types: JSON_TYPES,
  isInteger: false,
  min: undefined,
  max: undefined,
  multiplesOf: [],
  minLength: 0,
  maxLength: Infinity,
  patterns: [],
  formats: [],
  minItems: 0,
  maxItems: Infinity,
  items: [],
  keys: [],
  required: [],
  minProperties: 0,
  maxProperties: Infinity,
  values: undefined,
};

/** Adds what the schema's own keywords say, choices and references aside. */
export function narrow(alternative: Alternative, schema: SchemaObject): Alternative {
  const own = {
    ...narrowTypes(alternative, schema),
    ...narrowNumbers(alternative, schema),
    ...narrowStrings(alternative, schema),
  };
  return { ...alternative, ...own, ...narrowArrays(alternative, schema), ...narrowObjects(alternative, schema) };
}

function narrowTypes(alternative: Alternative, schema: SchemaObject): Partial<Alternative> {
  const values = 'const' in schema ? [schema.const] : (schema.enum as readonly unknown[] | undefined);
  const inherited = alternative.values;
  const own =
    inherited && values ? inherited.filter((a) => values.some((b) => areJsonEqual(a, b))) : (inherited ?? values);
  if (schema.type === undefined) return { values: own };
  const names = [schema.type, schema.nullable === true ? 'null' : []].flat();
  const types = alternative.types.filter(
    (type) => names.includes(type) || (type === 'number' && names.includes('integer')),
  );
  const isInteger = alternative.isInteger || (names.includes('integer') && !names.includes('number'));
  return { values: own, types, isInteger };
}

function narrowNumbers(alternative: Alternative, schema: SchemaObject): Partial<Alternative> {
  const [formatMin, formatMax] = integerFormats.get(textKeyword(schema, 'format') ?? '') ?? [];
  const multipleOf = numberKeyword(schema, 'multipleOf');
  const lower = [
    alternative.min,
    boundOf(numberKeyword(schema, 'minimum'), false),
    boundOf(numberKeyword(schema, 'exclusiveMinimum'), true),
    boundOf(formatMin, false),
  ];
  const upper = [
    alternative.max,
    boundOf(numberKeyword(schema, 'maximum'), false),
    boundOf(numberKeyword(schema, 'exclusiveMaximum'), true),
    boundOf(formatMax, false),
  ];
  return {
    min: lower.reduce((a, b) => stricter(a, b, (x, y) => x > y)),
    max: upper.reduce((a, b) => stricter(a, b, (x, y) => x < y)),
    multiplesOf: multipleOf === undefined ? alternative.multiplesOf : [...alternative.multiplesOf, multipleOf],
  };
}

const boundOf = (value: JsonNumber | undefined, isExclusive: boolean): Bound | undefined =>
  value === undefined ? undefined : { value, isExclusive };

function stricter(
  a: Bound | undefined,
  b: Bound | undefined,
  isStricter: (x: JsonNumber, y: JsonNumber) => boolean,
): Bound | undefined {
  if (!a || !b) return a ?? b;
  if (isStricter(a.value, b.value)) return a;
  if (isStricter(b.value, a.value)) return b;
  return a.isExclusive ? a : b;
}

function narrowStrings(alternative: Alternative, schema: SchemaObject): Partial<Alternative> {
  const pattern = textKeyword(schema, 'pattern');
  const format = textKeyword(schema, 'format');
  const isHeld = format !== undefined && !integerFormats.has(format) && !openFormats.has(format);
  return {
    minLength: Math.max(alternative.minLength, countKeyword(schema, 'minLength') ?? 0),
    maxLength: Math.min(alternative.maxLength, countKeyword(schema, 'maxLength') ?? Infinity),
    patterns: pattern === undefined ? alternative.patterns : [...new Set([...alternative.patterns, pattern])],
    formats: isHeld ? [...new Set([...alternative.formats, format])] : alternative.formats,
  };
}

function narrowArrays(alternative: Alternative, schema: SchemaObject): Partial<Alternative> {
  const prefix = subschemas.list(schema, 'prefixItems');
  const rest = subschemas.one(schema, 'items');
  const maxItems = Math.min(alternative.maxItems, countKeyword(schema, 'maxItems') ?? Infinity);
  const isSilent = prefix.length === 0 && rest === undefined;
  return {
    minItems: Math.max(alternative.minItems, countKeyword(schema, 'minItems') ?? 0),
    maxItems: rest === false ? Math.min(maxItems, prefix.length) : maxItems,
    items: isSilent ? alternative.items : [...alternative.items, { prefix, rest }],
  };
}

function narrowObjects(alternative: Alternative, schema: SchemaObject): Partial<Alternative> {
  const properties = subschemas.map(schema, 'properties');
  const patterns = subschemas.map(schema, 'patternProperties');
  const additional = subschemas.one(schema, 'additionalProperties');
  const isSilent = properties.length + patterns.length === 0 && additional === undefined;
  return {
    required: [...new Set([...alternative.required, ...namesKeyword(schema, 'required')])],
    minProperties: Math.max(alternative.minProperties, countKeyword(schema, 'minProperties') ?? 0),
    maxProperties: Math.min(alternative.maxProperties, countKeyword(schema, 'maxProperties') ?? Infinity),
    keys: isSilent
      ? alternative.keys
      : [...alternative.keys, { properties: new Map(properties), patterns, additional }],
  };
}
