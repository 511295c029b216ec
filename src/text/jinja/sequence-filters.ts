import { BoundArguments } from './arguments.ts';
import { getItem } from './lookup.ts';
import { type JsonStyle, toText } from './printing.ts';
import { applyTest } from './tests.ts';
import {
  type Arguments,
  asNumber,
  compare,
  isDict,
  isEqual,
  isTrue,
  iterate,
  orElse,
  TemplateError,
  typeName,
  Undefined,
  type Value,
} from './values.ts';

/** @param jsonStyle how `tojson` prints */
export type Filter = (value: Value, args: Arguments, jsonStyle: JsonStyle) => Value;

/** Reads `a.b.0` as Jinja's attribute filters do. */
export function attributeGetter(path: Value): (item: Value) => Value {
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

const empty = (which: string) => new Undefined(`No ${which} item, sequence was empty.`);

/** The filters that take items, one by one. */
export const SEQUENCE_FILTERS: Readonly<Record<string, Filter>> = {
  batch,
  dictsort,
  first: (value) => orElse(iterate(value)[0], empty('first')),
  groupby,
  join,
  last: (value) => orElse(iterate(value).at(-1), empty('last')),
  list: (value) => [...iterate(value)],
  max: extreme('max'),
  min: extreme('min'),
  reject: selection('reject', false, false),
  rejectattr: selection('rejectattr', false, true),
  reverse,
  select: selection('select', true, false),
  selectattr: selection('selectattr', true, true),
  sort: (value, args) => {
    const bound = new BoundArguments('sort', args, ['reverse', 'case_sensitive', 'attribute']);
    return sortBy(iterate(value), sortKey(bound), bound.flag('reverse'));
  },
  sum,
  unique,
};
