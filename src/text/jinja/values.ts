/** What a template computes with: Python's values. A dict is a Map, in order; int and float are one type here, since JSON
 * in JavaScript doesn't tell 1 from 1.0. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Value[]
  | ReadonlyMap<Value, Value>
  | Namespace
  | Callable
  | Undefined;

export interface Arguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
}

/** A function, macro or bound method. */
export class Callable {
  readonly name: string;
  readonly call: (args: Arguments) => Value;

  constructor(name: string, call: (args: Arguments) => Value) {
    this.name = name;
    this.call = call;
  }
}

/** `namespace(…)`, the one thing that a template may assign attributes of. */
export class Namespace {
  readonly attributes: Map<string, Value>;

  constructor(attributes: Iterable<readonly [string, Value]>) {
    this.attributes = new Map(attributes);
  }
}

/** Jinja's default Undefined: prints as nothing, is false and empty, and fails in every other use. */
export class Undefined {
  /** What went wrong, in Jinja's words. */
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** A template fails, in Python's words where they are known. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

export const NO_ARGUMENTS: Arguments = { positional: [], keywords: new Map() };

/** JSON, as JSON.parse gives it, to a template's values. */
export function toValue(json: unknown): Value {
  if (json === null || json === undefined) return null;
  if (Array.isArray(json)) return json.map(toValue);
  if (json instanceof Map) return new Map([...json].map(([key, value]) => [toValue(key), toValue(value)]));
  switch (typeof json) {
    case 'boolean':
    case 'number':
    case 'bigint':
    case 'string':
      return json;
    case 'object':
      return new Map(
        Object.entries(json)
          .filter(([, value]) => value !== undefined)
          .map(([key, value]) => [key, toValue(value)]),
      );
    default:
      throw new TemplateError(`a ${typeof json} can't be given to a template`);
  }
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isDict(value: Value): value is ReadonlyMap<Value, Value> {
  return value instanceof Map;
}

export function isNumber(value: Value): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

export function isTrue(value: Value): boolean {
  if (value instanceof Undefined) return false;
  if (isList(value)) return value.length > 0;
  if (isDict(value)) return value.size > 0;
  return Boolean(value);
}

/** For what is looked up: None is a value, and found, so `??` won't do. */
export function orElse(value: Value | undefined, otherwise: Value): Value {
  return value === undefined ? otherwise : value;
}

/** Python's type name, for messages. */
export function typeName(value: Value): string {
  if (value === null) return 'NoneType';
  if (isList(value)) return 'list';
  if (isDict(value)) return 'dict';
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof Namespace) return 'Namespace';
  if (value instanceof Callable) return 'function';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'bigint' || Number.isInteger(value) ? 'int' : 'float';
}

/** Python's `==`. */
export function isEqual(a: Value, b: Value): boolean {
  if (a instanceof Undefined) return b instanceof Undefined;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, index) => isEqual(item, b[index]!));
  if (isDict(a)) {
    if (!isDict(b) || a.size !== b.size) return false;
    return [...a].every(([key, value]) => {
      const other = b.get(key);
      return other !== undefined && isEqual(value, other);
    });
  }
  const [x, y] = [asNumber(a), asNumber(b)];
  // `===` would tell an int from a bigint of its value.
  if (x !== undefined && y !== undefined) return x <= y && x >= y;
  return a === b;
}

/** Python's `<` as a sign. @throws TypeError's words for values without an order */
export function compare(a: Value, b: Value, operator = '<'): number {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  const [x, y] = [asNumber(a), asNumber(b)];
  if (x !== undefined && y !== undefined) return x < y ? -1 : x > y ? 1 : 0;
  if (isList(a) && isList(b)) {
    const index = a.findIndex((item, i) => i >= b.length || !isEqual(item, b[i]!));
    if (index < 0 || index >= b.length) return a.length - b.length;
    return compare(a[index]!, b[index]!, operator);
  }
  throw wrongOperands(`'${operator}' not supported between instances of`, a, b);
}

/** The TypeError for operands of these types, or what an undefined one has to say. */
export function wrongOperands(what: string, a: Value, b: Value): TemplateError {
  for (const value of [a, b]) if (value instanceof Undefined) return new TemplateError(value.message);
  return new TemplateError(`${what} '${typeName(a)}' and '${typeName(b)}'`);
}

/** By code points, as Python orders strings. */
function compareStrings(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length; ) {
    const [x, y] = [a.codePointAt(i)!, b.codePointAt(i)!];
    if (x !== y) return x - y;
    i += x > 0xffff ? 2 : 1;
  }
  return a.length - b.length;
}

/** A number, or a bool as the number that it is in Python. */
export function asNumber(value: Value): number | bigint | undefined {
  if (typeof value === 'boolean') return Number(value);
  return isNumber(value) ? value : undefined;
}

/** The items of a value in a loop. @throws for what Python can't iterate */
export function iterate(value: Value): readonly Value[] {
  if (isList(value)) return value;
  if (isDict(value)) return [...value.keys()];
  if (typeof value === 'string') return [...value];
  if (value instanceof Undefined) return [];
  throw new TemplateError(`'${typeName(value)}' object is not iterable`);
}

export function lengthOf(value: Value): number {
  if (isList(value)) return value.length;
  if (isDict(value)) return value.size;
  if (typeof value === 'string') return hasSurrogates(value) ? [...value].length : value.length;
  if (value instanceof Undefined) return 0;
  throw new TemplateError(`object of type '${typeName(value)}' has no len()`);
}

export function hasSurrogates(text: string): boolean {
  return /[\ud800-\udfff]/.test(text);
}

/** Whether Python's `in` holds. */
export function contains(container: Value, item: Value): boolean {
  if (typeof container === 'string') {
    if (typeof item === 'string') return container.includes(item);
    throw new TemplateError(`'in <string>' requires string as left operand, not ${typeName(item)}`);
  }
  if (isDict(container)) return container.has(item);
  if (isList(container)) return container.some((other) => isEqual(other, item));
  if (container instanceof Undefined) return false;
  throw new TemplateError(`argument of type '${typeName(container)}' is not iterable`);
}
