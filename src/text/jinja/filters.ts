import { BoundArguments } from './arguments.ts';
import { formatPercent } from './formatting.ts';
import { getAttribute, getItem } from './lookup.ts';
import { capitalize, replaceText, strip } from './methods.ts';
import { toJson, toText } from './printing.ts';
import { applyTest } from './tests.ts';
import {
  type Arguments,
  asNumber,
  compare,
  isDict,
  isEqual,
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

type Filter = (value: Value, args: Arguments) => Value;

/** What stands after `|`, or after `is` where the name begins so. @throws for a filter that isn't served */
export function applyFilter(name: string, value: Value, args: Arguments): Value {
  if (name.startsWith('is not ')) return !applyTest(name.slice(7), value, args);
  if (name.startsWith('is ')) return applyTest(name.slice(3), value, args);
  const filter = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
  if (filter === undefined) throw new TemplateError(`No filter named '${name}'.`);
  return filter(value, args);
}

const none = (name: string, args: Arguments) => new BoundArguments(name, args, []);

/** A filter on the text of any value. */
function onText(name: string, change: (text: string) => Value): Filter {
  return (value, args) => {
    none(name, args);
    return change(toText(value));
  };
}

/** Reads `a.b.0` as Jinja's attribute filters do. */
function attributeGetter(path: Value): (item: Value) => Value {
  if (typeof path !== 'string') return (item) => getItem(item, path);
  const parts = path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return (item) => parts.reduce<Value>((value, part) => getItem(value, part), item);
}

const identity = (item: Value) => item;

function sortKey(bound: BoundArguments): (item: Value) => Value {
  const path = bound.get('attribute') ?? null;
  const get = path === null ? identity : attributeGetter(path);
  if (bound.flag('case_sensitive')) return get;
  return (item) => {
    const key = get(item);
    return typeof key === 'string' ? key.toLowerCase() : key;
  };
}

function sortBy(items: readonly Value[], key: (item: Value) => Value, isReversed: boolean): Value[] {
  const sign = isReversed ? -1 : 1;
  return [...items].sort((a, b) => sign * compare(key(a), key(b)));
}

function extreme(name: 'min' | 'max'): Filter {
  return (value, args) => {
    const bound = new BoundArguments(name, args, ['case_sensitive', 'attribute']);
    const key = sortKey(bound);
    const sorted = sortBy(iterate(value), key, name === 'max');
    return orElse(sorted[0], empty('aggregated'));
  };
}

/** select, reject, selectattr, rejectattr. */
function selection(name: string, isWanted: boolean, byAttribute: boolean): Filter {
  return (value, args) => {
    const [path, ...rest] = args.positional;
    if (byAttribute && path === undefined) throw new TemplateError(`${name} misses the name of an attribute`);
    const get = byAttribute ? attributeGetter(path!) : identity;
    const [test, ...testArguments] = byAttribute ? rest : args.positional;
    if (test !== undefined && typeof test !== 'string') throw new TemplateError(`${name}: a test is named by a string`);
    const passes = (item: Value) =>
      test === undefined ? isTrue(item) : applyTest(test, item, { ...args, positional: testArguments });
    return iterate(value).filter((item) => passes(get(item)) === isWanted);
  };
}

function map(value: Value, { positional, keywords }: Arguments): Value {
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
  return iterate(value).map((item) => applyFilter(name, item, { positional: rest, keywords }));
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

function tojson(value: Value, args: Arguments): Value {
  const bound = new BoundArguments('tojson', args, ['ensure_ascii', 'indent', 'separators', 'sort_keys']);
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

function batch(value: Value, args: Arguments): Value {
  const bound = new BoundArguments('batch', args, ['linecount', 'fill_with']);
  const size = Math.max(1, bound.integer('linecount', 1));
  const items = iterate(value);
  const rows: Value[][] = [];
  for (let i = 0; i < items.length; i += size) rows.push(items.slice(i, i + size));
  const fill = bound.get('fill_with') ?? null;
  if (fill !== null) for (const row of rows) while (row.length < size) row.push(fill);
  return rows;
}

function groupby(value: Value, args: Arguments): Value {
  const bound = new BoundArguments('groupby', args, ['attribute', 'default']);
  const get = attributeGetter(bound.required('attribute'));
  const groups: [Value, Value[]][] = [];
  for (const item of sortBy(iterate(value), get, false)) {
    const last = groups.at(-1);
    if (last !== undefined && isEqual(last[0], get(item))) last[1].push(item);
    else groups.push([get(item), [item]]);
  }
  return groups;
}

function dictsort(value: Value, args: Arguments): Value {
  const bound = new BoundArguments('dictsort', args, ['case_sensitive', 'by', 'reverse']);
  if (!isDict(value)) throw new TemplateError(`dictsort needs a dict, not ${typeName(value)}`);
  const index = bound.string('by', 'key') === 'key' ? 0 : 1;
  const key = (pair: Value) => {
    const part = iterate(pair)[index]!;
    return typeof part === 'string' && !bound.flag('case_sensitive') ? part.toLowerCase() : part;
  };
  return sortBy([...value], key, bound.flag('reverse'));
}

function unique(value: Value, args: Arguments): Value {
  const key = sortKey(new BoundArguments('unique', args, ['case_sensitive', 'attribute']));
  const seen: Value[] = [];
  return iterate(value).filter((item) => {
    if (seen.some((other) => isEqual(other, key(item)))) return false;
    seen.push(key(item));
    return true;
  });
}

function reverse(value: Value): Value {
  return typeof value === 'string' ? [...value].reverse().join('') : [...iterate(value)].reverse();
}

function join(value: Value, args: Arguments): Value {
  const bound = new BoundArguments('join', args, ['d', 'attribute']);
  const path = bound.get('attribute') ?? null;
  const get = path === null ? identity : attributeGetter(path);
  return iterate(value)
    .map((item) => toText(get(item)))
    .join(toText(orElse(bound.get('d'), '')));
}

function sum(value: Value, args: Arguments): Value {
  const bound = new BoundArguments('sum', args, ['attribute', 'start']);
  const path = bound.get('attribute') ?? null;
  const get = path === null ? identity : attributeGetter(path);
  return iterate(value).reduce<number>(
    (total, item) => total + Number(asNumber(get(item)) ?? Number.NaN),
    bound.integer('start', 0),
  );
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
const empty = (which: string) => new Undefined(`No ${which} item, sequence was empty.`);

const FILTERS: Readonly<Record<string, Filter>> = {
  abs: absolute,
  attr: (value, args) => getAttribute(value, new BoundArguments('attr', args, ['name']).string('name')),
  batch,
  capitalize: onText('capitalize', capitalize),
  count: lengthOf,
  length: lengthOf,
  d: defaultTo,
  default: defaultTo,
  dictsort,
  e: onText('escape', escapeHtml),
  escape: onText('escape', escapeHtml),
  first: (value) => orElse(iterate(value)[0], empty('first')),
  last: (value) => orElse(iterate(value).at(-1), empty('last')),
  float: toFloat,
  format: (value, args) => formatPercent(toText(value), args.positional.length > 0 ? args.positional : args.keywords),
  groupby,
  indent,
  int: toInteger,
  items: (value) => {
    if (value instanceof Undefined) return [];
    if (!isDict(value)) throw new TemplateError('Can only get item pairs from a mapping.');
    return [...value];
  },
  join,
  list: (value) => [...iterate(value)],
  lower: onText('lower', (text) => text.toLowerCase()),
  map,
  max: extreme('max'),
  min: extreme('min'),
  reject: selection('reject', false, false),
  rejectattr: selection('rejectattr', false, true),
  replace: (value, args) => {
    const bound = new BoundArguments('replace', args, ['old', 'new', 'count']);
    return replaceText(
      toText(value),
      toText(bound.required('old')),
      toText(bound.required('new')),
      bound.integer('count', -1),
    );
  },
  reverse,
  round,
  safe: toText,
  select: selection('select', true, false),
  selectattr: selection('selectattr', true, true),
  sort: (value, args) => {
    const bound = new BoundArguments('sort', args, ['reverse', 'case_sensitive', 'attribute']);
    return sortBy(iterate(value), sortKey(bound), bound.flag('reverse'));
  },
  string: onText('string', (text) => text),
  sum,
  title: onText('title', jinjaTitle),
  tojson,
  trim: (value, args) => {
    const bound = new BoundArguments('trim', args, ['chars']);
    const chars = bound.get('chars') ?? null;
    return strip(toText(value), 'both', chars === null ? undefined : toText(chars));
  },
  unique,
  upper: onText('upper', (text) => text.toUpperCase()),
  wordcount: onText('wordcount', (text) => text.match(/[\p{L}\p{N}_]+/gu)?.length ?? 0),
};
