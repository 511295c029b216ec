import { ParlanceError } from '../../errors/errors.ts';

/** A JSON Schema as it was parsed; keywords are checked by `checkSchema` before anything reads them. */
export type Schema = boolean | SchemaObject;

export interface SchemaObject {
  readonly [keyword: string]: unknown;
}

export type JsonType = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

export const JSON_TYPES: readonly JsonType[] = ['null', 'boolean', 'number', 'string', 'array', 'object'];

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON text of a value that is neither list nor object. */
export function scalarText(value: unknown): string {
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
}

/** Equality as JSON Schema means it: the order of keys does not count. */
export function areJsonEqual(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => areJsonEqual(item, b[index]));
  if (!isRecord(a) || !isRecord(b)) return a === b;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => Object.hasOwn(b, name) && areJsonEqual(a[name], b[name]));
}

/** @param path JSON pointer of the schema or keyword at fault */
export function schemaError(path: string, reason: string): ParlanceError {
  return new ParlanceError('validation', `Invalid schema at ${path}: ${reason}`, { param: path });
}

/** The keywords of a schema whose values are themselves schemas, typed for those who read a checked schema. */
export const subschemas = {
  one: (schema: SchemaObject, keyword: string) => schema[keyword] as Schema | undefined,
  list: (schema: SchemaObject, keyword: string) => (schema[keyword] ?? []) as readonly Schema[],
  map: (schema: SchemaObject, keyword: string) => Object.entries((schema[keyword] ?? {}) as Record<string, Schema>),
};

/** Parsers give integers that a double does not hold as bigints. */
export type JsonNumber = number | bigint;

export const numberKeyword = (schema: SchemaObject, keyword: string) => schema[keyword] as JsonNumber | undefined;

export function countKeyword(schema: SchemaObject, keyword: string): number | undefined {
  const value = numberKeyword(schema, keyword);
  return value === undefined ? undefined : Number(value);
}

export const textKeyword = (schema: SchemaObject, keyword: string) => schema[keyword] as string | undefined;
export const namesKeyword = (schema: SchemaObject, keyword: string) => (schema[keyword] ?? []) as readonly string[];

/** Follows a reference within the document.
 * @throws validation for another document or a pointer to nothing */
export function resolveReference(root: Schema, reference: string, path: string): Schema {
  if (reference !== '#' && !reference.startsWith('#/')) {
    throw schemaError(path, `$ref ${JSON.stringify(reference)} must point into this schema: "#" or "#/…"`);
  }
  let target: unknown = root;
  for (const part of reference.split('/').slice(1)) {
    const key = unescaped(part);
    if (key === undefined) throw schemaError(path, `$ref ${JSON.stringify(reference)} has a "%" that escapes nothing`);
    const isThere = (isRecord(target) && Object.hasOwn(target, key)) || (Array.isArray(target) && /^\d+$/.test(key));
    target = isThere ? (target as Record<string, unknown>)[key] : undefined;
  }
  if (typeof target === 'boolean' || isRecord(target)) return target;
  throw schemaError(path, `$ref ${JSON.stringify(reference)} points to no schema`);
}

/** A part of a JSON pointer in a URI fragment; undefined where its percent-encoding is broken. */
function unescaped(part: string): string | undefined {
  try {
    return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return undefined;
  }
}
