import { BoundArguments } from './arguments.ts';
import { formatPercent } from './formatting.ts';
import { getAttribute } from './lookup.ts';
import { capitalize, replaceText, strip } from './methods.ts';
import { type JsonStyle, toJson, toMinijinjaJson, toText } from './printing.ts';
import { attributeGetter, type Filter, SEQUENCE_FILTERS } from './sequence-filters.ts';
import { applyTest } from './tests.ts';
import {
  type Arguments,
  asNumber,
  isDict,
  isList,
  isTrue,
  iterate,
  lengthOf,
  orElse,
  TemplateError,
  typeName,
  Undefined,
  type Value,
} from './values.ts';

/** What stands after `|`, or after `is` where the name begins so. @throws for a filter that isn't served */
export function applyFilter(name: string, value: Value, args: Arguments, jsonStyle: JsonStyle): Value {
  if (name.startsWith('is not ')) return !applyTest(name.slice(7), value, args);
  if (name.startsWith('is ')) return applyTest(name.slice(3), value, args);
  const filter = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
  if (filter === undefined) throw new TemplateError(`No filter named '${name}'.`);
  return filter(value, args, jsonStyle);
}

const none = (name: string, args: Arguments) => new BoundArguments(name, args, []);

/** A filter on the text of any value. */
function onText(name: string, change: (text: string) => Value): Filter {
  return (value, args) => {
    none(name, args);
    return change(toText(value));
  };
}

function map(value: Value, { positional, keywords }: Arguments, jsonStyle: JsonStyle): Value {
  const path = keywords.get('attribute');
  if (path !== undefined) {
    const get = attributeGetter(path);
    const otherwise = keywords.get('default');
    return iterate(value).map((item) => {
      const attribute = get(item);
      return attribute instanceof Undefined && otherwise !== undefined ? otherwise : attribute;
    });
  }
  const [name, ...rest] = positional;
  if (typeof name !== 'string') throw new TemplateError('map requires a filter argument');
  return iterate(value).map((item) => applyFilter(name, item, { positional: rest, keywords }, jsonStyle));
}

function indent(value: Value, args: Arguments): Value {
  const bound = new BoundArguments('indent', args, ['width', 'first', 'blank']);
  const width = bound.get('width');
  const space = typeof width === 'string' ? width : ' '.repeat(bound.integer('width', 4));
  const lines = toText(value).split('\n');
  return lines
    .map((line, i) => ((i > 0 || bound.flag('first')) && (line !== '' || bound.flag('blank')) ? space + line : line))
    .join('\n');
}

function tojson(value: Value, args: Arguments, jsonStyle: JsonStyle): Value {
  const bound = new BoundArguments('tojson', args, ['ensure_ascii', 'indent', 'separators', 'sort_keys']);
  if (jsonStyle === 'minijinja') return toMinijinjaJson(value);
  const separators = bound.get('separators') ?? null;
  if (separators !== null && !(isList(separators) && separators.length === 2)) {
    throw new TemplateError("tojson() argument 'separators' must be two strings");
  }
  return toJson(value, {
    indent: bound.integer('indent', undefined),
    ensureAscii: bound.flag('ensure_ascii'),
    sortKeys: bound.flag('sort_keys'),
    separators: separators === null ? undefined : [toText(separators[0]!), toText(separators[1]!)],
  });
}

function toInteger(value: Value, args: Arguments): Value {
  const bound = new BoundArguments('int', args, ['default', 'base']);
  const number = asNumber(value);
  if (typeof number === 'bigint') return number;
  if (number !== undefined) return Number.isFinite(number) ? Math.trunc(number) : orElse(bound.get('default'), 0);
  const text = typeof value === 'string' ? value.trim() : '';
  const base = bound.integer('base', 10);
  if (base === 10 && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Math.trunc(Number(text));
  const parsed = Number.parseInt(text, base);
  return Number.isNaN(parsed) ? orElse(bound.get('default'), 0) : parsed;
}

function toFloat(value: Value, args: Arguments): Value {
  const bound = new BoundArguments('float', args, ['default']);
  const number = asNumber(value) ?? (typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN);
  return Number.isNaN(number) ? orElse(bound.get('default'), 0) : Number(number);
}

function round(value: Value, args: Arguments): Value {
  const bound = new BoundArguments('round', args, ['precision', 'method']);
  const number = asNumber(value);
  if (number === undefined) throw new TemplateError(`type ${typeName(value)} doesn't define __round__ method`);
  const factor = 10 ** bound.integer('precision', 0);
  const scaled = Number(number) * factor;
  const method = bound.string('method', 'common');
  if (method === 'ceil') return Math.ceil(scaled) / factor;
  if (method === 'floor') return Math.floor(scaled) / factor;
  const rounded = Math.round(scaled);
  // Python rounds halves to the even neighbour.
  return (Math.abs(scaled % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded) / factor;
}

function defaultTo(value: Value, args: Arguments): Value {
  const bound = new BoundArguments('default', args, ['default_value', 'boolean']);
  const isMissing = value instanceof Undefined || (bound.flag('boolean') && !isTrue(value));
  return isMissing ? orElse(bound.get('default_value'), '') : value;
}

/** Unlike Python's str.title, it begins words after spaces, dashes and opening brackets only. */
function jinjaTitle(text: string): string {
  return text
    .split(/([-\s({[<]+)/)
    .map(capitalize)
    .join('');
}

function absolute(value: Value): Value {
  const number = asNumber(value);
  if (number === undefined) throw new TemplateError(`bad operand type for abs(): '${typeName(value)}'`);
  return number < 0 ? -number : number;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&#39;',
  '"': '&#34;',
};
const escapeHtml = (text: string) => text.replace(/[&<>'"]/g, (char) => ENTITIES[char]!);

const FILTERS: Readonly<Record<string, Filter>> = {
  ...SEQUENCE_FILTERS,
  abs: absolute,
  attr: (value, args) => getAttribute(value, new BoundArguments('attr', args, ['name']).string('name')),
  capitalize: onText('capitalize', capitalize),
  count: lengthOf,
  length: lengthOf,
  d: defaultTo,
  default: defaultTo,
  e: onText('escape', escapeHtml),
  escape: onText('escape', escapeHtml),
  float: toFloat,
  format: (value, args) => formatPercent(toText(value), args.positional.length > 0 ? args.positional : args.keywords),
  indent,
  int: toInteger,
  items: (value) => {
    if (value instanceof Undefined) return [];
    if (!isDict(value)) throw new TemplateError('Can only get item pairs from a mapping.');
    return [...value];
  },
  lower: onText('lower', (text) => text.toLowerCase()),
  map,
  replace: (value, args) => {
    const bound = new BoundArguments('replace', args, ['old', 'new', 'count']);
    return replaceText(
      toText(value),
      toText(bound.required('old')),
      toText(bound.required('new')),
      bound.integer('count', -1),
    );
  },
  round,
  safe: toText,
  string: onText('string', (text) => text),
  title: onText('title', jinjaTitle),
  tojson,
  trim: (value, args) => {
    const bound = new BoundArguments('trim', args, ['chars']);
    const chars = bound.get('chars') ?? null;
    return strip(toText(value), 'both', chars === null ? undefined : toText(chars));
  },
  upper: onText('upper', (text) => text.toUpperCase()),
  wordcount: onText('wordcount', (text) => text.match(/[\p{L}\p{N}_]+/gu)?.length ?? 0),
};
