import { Callable, isDict, isList, Namespace, TemplateError, typeName, Undefined, type Value } from './values.ts';

/** Python's `str`, which is how a template prints. */
export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof Undefined) return '';
  return repr(value);
}

/** Python's `repr`. */
export function repr(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return reprString(value);
  if (typeof value === 'number') return numberText(value);
  if (isList(value)) return `[${value.map(repr).join(', ')}]`;
  if (isDict(value)) return `{${[...value].map(([key, item]) => `${repr(key)}: ${repr(item)}`).join(', ')}}`;
  if (value instanceof Namespace) return `<Namespace ${repr(value.attributes)}>`;
  if (value instanceof Callable) return `<function ${value.name}>`;
  return value instanceof Undefined ? 'Undefined' : String(value);
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

function reprString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(/[\\\p{C}\p{Z}]/gu, (char) => (char === ' ' ? char : (ESCAPES[char] ?? escapeCode(char))));
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote;
}

function escapeCode(char: string): string {
  const code = char.codePointAt(0)!;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** A number as Python prints it: exponents have two digits, and stand for what is below 1e-4. What is whole is taken for
 * an int, which has none, up to 1e21. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Number.isInteger(value)) return String(value);
  const magnitude = Math.abs(value);
  const text = magnitude < 1e-4 ? value.toExponential() : String(value);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** `python` is transformers' tojson; `minijinja` TGI's: compact, keys sorted, safe in HTML. */
export type JsonStyle = 'python' | 'minijinja';

export interface JsonOptions {
  readonly indent: number | undefined;
  readonly ensureAscii: boolean;
  readonly sortKeys: boolean;
  readonly separators: readonly [string, string] | undefined;
}

const PLAIN_JSON: JsonOptions = {
  indent: undefined,
  ensureAscii: false,
  sortKeys: false,
  separators: undefined,
};

const MINIJINJA_ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  "'": '\\u0027',
};

/** minijinja's `tojson`. */
export function toMinijinjaJson(value: Value): string {
  const options: JsonOptions = { ...PLAIN_JSON, sortKeys: true, separators: [',', ':'] };
  return toJson(value, options).replace(/[<>&']/g, (character) => MINIJINJA_ESCAPES[character]!);
}

/** Python's `json.dumps`. @throws TypeError's words for what is no JSON */
export function toJson(value: Value, options: JsonOptions = PLAIN_JSON, depth = 0): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return jsonNumber(value);
  if (typeof value === 'string') return jsonString(value, options.ensureAscii);
  const [itemSeparator, keySeparator] = options.separators ?? [options.indent === undefined ? ', ' : ',', ': '];
  if (isList(value)) {
    const items = value.map((item) => toJson(item, options, depth + 1));
    return wrap('[', items, ']', { itemSeparator, indent: options.indent, depth });
  }
  if (isDict(value)) {
    const entries = [...value].map(([key, item]) => [jsonKey(key), item] as const);
    if (options.sortKeys) entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const items = entries.map(
      ([key, item]) => jsonString(key, options.ensureAscii) + keySeparator + toJson(item, options, depth + 1),
    );
    return wrap('{', items, '}', { itemSeparator, indent: options.indent, depth });
  }
  throw new TemplateError(`Object of type ${typeName(value)} is not JSON serializable`);
}

interface Layout {
  readonly itemSeparator: string;
  readonly indent: number | undefined;
  readonly depth: number;
}

function wrap(open: string, items: readonly string[], close: string, layout: Layout): string {
  const { itemSeparator, indent, depth } = layout;
  if (items.length === 0 || indent === undefined) return open + items.join(itemSeparator) + close;
  const inner = `\n${' '.repeat(indent * (depth + 1))}`;
  return `${open}${inner}${items.join(itemSeparator + inner)}\n${' '.repeat(indent * depth)}${close}`;
}

function jsonNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? numberText(value) : value > 0 ? 'Infinity' : '-Infinity';
}

function jsonKey(key: Value): string {
  if (typeof key === 'string') return key;
  if (isList(key) || isDict(key))
    throw new TemplateError(`keys must be str, int, float, bool or None, not ${typeName(key)}`);
  return toJson(key);
}

function jsonString(text: string, ensureAscii: boolean): string {
  const json = JSON.stringify(text);
  if (!ensureAscii) return json;
  return json.replace(/[\x7f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
