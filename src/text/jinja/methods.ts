import { BoundArguments } from './arguments.ts';
import { formatBraces } from './formatting.ts';
import { toText } from './printing.ts';
import {
  type Arguments,
  Callable,
  hasSurrogates,
  isDict,
  isEqual,
  isList,
  iterate,
  orElse,
  TemplateError,
  typeName,
  type Value,
} from './values.ts';

type Method<T> = (self: T, args: Arguments) => Value;

/** A method of a string, list or dict, bound to it; undefined where Python has none that a template may call. */
export function methodOf(value: Value, name: string): Callable | undefined {
  if (typeof value === 'string') return bind(STRING_METHODS, value, name);
  if (isList(value)) return bind(LIST_METHODS, value, name);
  if (isDict(value)) return bind(DICT_METHODS, value, name);
  return undefined;
}

function bind<T>(methods: Readonly<Record<string, Method<T>>>, self: T, name: string): Callable | undefined {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  return method && new Callable(name, (args) => method(self, args));
}

/** Python's whitespace: what str.strip() takes away. JavaScript's differs by U+001C–U+001F, U+0085 and U+FEFF. */
const SPACE = '\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const LEADING_SPACE = new RegExp(`^[${SPACE}]+`);
const SPACES = new RegExp(`[${SPACE}]+`);
const ALL_SPACE = new RegExp(`^[${SPACE}]+$`);
const LINE_ENDS = '\\n\\v\\f\\r\\x1c-\\x1e\\x85\\u2028\\u2029';
const LINE_END = new RegExp(`\\r\\n|[${LINE_ENDS}]`);

/** Python's str.strip, at the ends that are asked for. */
export function strip(text: string, ends: 'both' | 'left' | 'right', chars?: string): string {
  const isStripped = chars === undefined ? (char: string) => ALL_SPACE.test(char) : (char: string) => set.has(char);
  const set = new Set(chars);
  const points = hasSurrogates(text) ? [...text] : text;
  let [start, end] = [0, points.length];
  if (ends !== 'right') while (start < end && isStripped(points[start]!)) start++;
  if (ends !== 'left') while (end > start && isStripped(points[end - 1]!)) end--;
  return typeof points === 'string' ? points.slice(start, end) : points.slice(start, end).join('');
}

/** Python's str.title: each run of letters begins in upper case and goes on in lower case. */
function titleCase(text: string): string {
  return text.replace(/\p{L}+/gu, capitalize);
}

export function capitalize(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length).toLowerCase();
}

/** @param count at most so many, from the left; negative: all */
export function replaceText(text: string, old: string, replacement: string, count: number): string {
  if (count < 0) return text.replaceAll(old, () => replacement);
  let numLeft = count;
  return text.replaceAll(old, (match) => (numLeft-- > 0 ? replacement : match));
}

function split(text: string, args: Arguments): Value {
  const bound = new BoundArguments('split', args, ['sep', 'maxsplit']);
  const max = bound.integer('maxsplit', -1);
  if ((bound.get('sep') ?? null) === null) return splitAtSpace(text, max);
  const separator = nonEmpty(bound.string('sep'));
  const parts = text.split(separator);
  if (max < 0 || parts.length <= max + 1) return parts;
  return [...parts.slice(0, max), parts.slice(max).join(separator)];
}

function splitAtSpace(text: string, max: number): string[] {
  const parts: string[] = [];
  let rest = text.replace(LEADING_SPACE, '');
  while (rest !== '') {
    const gap = SPACES.exec(rest);
    if (gap === null || parts.length === max) return [...parts, rest];
    parts.push(rest.slice(0, gap.index));
    rest = rest.slice(gap.index + gap[0].length);
  }
  return parts;
}

function rightSplit(text: string, args: Arguments): Value {
  const bound = new BoundArguments('rsplit', args, ['sep', 'maxsplit']);
  const max = bound.integer('maxsplit', -1);
  if (max < 0) return split(text, args);
  const separator = nonEmpty(bound.string('sep'));
  const parts = text.split(separator);
  const numJoined = Math.max(1, parts.length - max);
  return [parts.slice(0, numJoined).join(separator), ...parts.slice(numJoined)];
}

function nonEmpty(separator: string): string {
  if (separator === '') throw new TemplateError('empty separator');
  return separator;
}

function splitLines(text: string, args: Arguments): Value {
  const keepEnds = new BoundArguments('splitlines', args, ['keepends']).flag('keepends');
  const lines: string[] = [];
  let rest = text;
  for (let end = LINE_END.exec(rest); end !== null; end = LINE_END.exec(rest)) {
    lines.push(rest.slice(0, end.index) + (keepEnds ? end[0] : ''));
    rest = rest.slice(end.index + end[0].length);
  }
  return rest === '' ? lines : [...lines, rest];
}

function hasEnd(text: string, args: Arguments, name: 'startswith' | 'endswith'): boolean {
  const bound = new BoundArguments(name, args, ['affix', 'start', 'end']);
  const affix = bound.required('affix');
  const part = [...text].slice(bound.integer('start', 0), bound.integer('end', undefined)).join('');
  return (isList(affix) ? affix : [affix]).some((item) => {
    if (typeof item !== 'string') throw new TemplateError(`${name} first arg must be str or a tuple of str`);
    return name === 'startswith' ? part.startsWith(item) : part.endsWith(item);
  });
}

/** Position in code points, -1 where it isn't found. */
function find(text: string, args: Arguments, name: string): number {
  const bound = new BoundArguments(name, args, ['sub', 'start', 'end']);
  const points = [...text];
  const start = bound.integer('start', 0);
  const from = start < 0 ? Math.max(0, points.length + start) : start;
  const part = points.slice(from, bound.integer('end', undefined)).join('');
  const sub = bound.string('sub');
  const index = name.startsWith('r') ? part.lastIndexOf(sub) : part.indexOf(sub);
  return index < 0 ? -1 : from + [...part.slice(0, index)].length;
}

function indexOf(text: string, args: Arguments, name: string): number {
  const index = find(text, args, name);
  if (index < 0) throw new TemplateError('substring not found');
  return index;
}

function stripMethod(name: string, ends: 'both' | 'left' | 'right'): Method<string> {
  return (text, args) => {
    const bound = new BoundArguments(name, args, ['chars']);
    return strip(text, ends, (bound.get('chars') ?? null) === null ? undefined : bound.string('chars'));
  };
}

function partition(text: string, args: Arguments, name: 'partition' | 'rpartition'): Value {
  const separator = nonEmpty(new BoundArguments(name, args, ['sep']).string('sep'));
  const index = name === 'partition' ? text.indexOf(separator) : text.lastIndexOf(separator);
  if (index < 0) return name === 'partition' ? [text, '', ''] : ['', '', text];
  return [text.slice(0, index), separator, text.slice(index + separator.length)];
}

function pad(name: string, place: (numMissing: number) => number): Method<string> {
  return (text, args) => {
    const bound = new BoundArguments(name, args, ['width', 'fillchar']);
    const numMissing = Math.max(0, bound.integer('width', 0) - [...text].length);
    const fill = bound.string('fillchar', ' ');
    const numLeft = place(numMissing);
    return fill.repeat(numLeft) + text + fill.repeat(numMissing - numLeft);
  };
}

/** Whether there is text and each of its characters matches. */
const every =
  (pattern: RegExp): Method<string> =>
  (text) =>
    pattern.test(text);

const STRING_METHODS: Readonly<Record<string, Method<string>>> = {
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  casefold: (text) => text.toLowerCase().replaceAll('ß', 'ss'),
  title: titleCase,
  capitalize,
  swapcase: (text) => text.replace(/\p{L}/gu, (c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())),
  strip: stripMethod('strip', 'both'),
  lstrip: stripMethod('lstrip', 'left'),
  rstrip: stripMethod('rstrip', 'right'),
  split,
  rsplit: rightSplit,
  splitlines: splitLines,
  replace: (text, args) => {
    const bound = new BoundArguments('replace', args, ['old', 'new', 'count']);
    return replaceText(text, bound.string('old'), bound.string('new'), bound.integer('count', -1));
  },
  startswith: (text, args) => hasEnd(text, args, 'startswith'),
  endswith: (text, args) => hasEnd(text, args, 'endswith'),
  removeprefix: (text, args) => {
    const prefix = new BoundArguments('removeprefix', args, ['prefix']).string('prefix');
    return text.startsWith(prefix) ? text.slice(prefix.length) : text;
  },
  removesuffix: (text, args) => {
    const suffix = new BoundArguments('removesuffix', args, ['suffix']).string('suffix');
    return suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
  },
  find: (text, args) => find(text, args, 'find'),
  rfind: (text, args) => find(text, args, 'rfind'),
  index: (text, args) => indexOf(text, args, 'index'),
  rindex: (text, args) => indexOf(text, args, 'rindex'),
  count: (text, args) => {
    const sub = new BoundArguments('count', args, ['sub']).string('sub');
    return sub === '' ? [...text].length + 1 : text.split(sub).length - 1;
  },
  join: (text, args) => {
    const items = iterate(new BoundArguments('join', args, ['iterable']).required('iterable'));
    const wrong = items.findIndex((item) => typeof item !== 'string');
    if (wrong >= 0) {
      throw new TemplateError(`sequence item ${wrong}: expected str instance, ${typeName(items[wrong]!)} found`);
    }
    return items.map(toText).join(text);
  },
  partition: (text, args) => partition(text, args, 'partition'),
  rpartition: (text, args) => partition(text, args, 'rpartition'),
  format: formatBraces,
  center: pad('center', (numMissing) => Math.floor(numMissing / 2)),
  ljust: pad('ljust', () => 0),
  rjust: pad('rjust', (numMissing) => numMissing),
  zfill: (text, args) => {
    const width = new BoundArguments('zfill', args, ['width']).integer('width', 0);
    const sign = /^[+-]/.exec(text)?.[0] ?? '';
    return sign + text.slice(sign.length).padStart(width - sign.length, '0');
  },
  isdigit: every(/^[\p{Nd}\u00b2\u00b3\u00b9\u2070-\u2089]+$/u),
  isdecimal: every(/^\p{Nd}+$/u),
  isnumeric: every(/^\p{N}+$/u),
  isalpha: every(/^\p{L}+$/u),
  isalnum: every(/^[\p{L}\p{N}]+$/u),
  isspace: every(ALL_SPACE),
  isupper: (text) => /\p{Lu}/u.test(text) && text === text.toUpperCase(),
  islower: (text) => /\p{Ll}/u.test(text) && text === text.toLowerCase(),
};

const LIST_METHODS: Readonly<Record<string, Method<readonly Value[]>>> = {
  index: (list, args) => {
    const value = new BoundArguments('index', args, ['value']).required('value');
    const index = list.findIndex((item) => isEqual(item, value));
    if (index < 0) throw new TemplateError('value is not in list');
    return index;
  },
  count: (list, args) => {
    const value = new BoundArguments('count', args, ['value']).required('value');
    return list.filter((item) => isEqual(item, value)).length;
  },
  copy: (list) => [...list],
};

const DICT_METHODS: Readonly<Record<string, Method<ReadonlyMap<Value, Value>>>> = {
  get: (dict, args) => {
    const bound = new BoundArguments('get', args, ['key', 'default']);
    return orElse(dict.get(bound.required('key')), orElse(bound.get('default'), null));
  },
  items: (dict) => [...dict],
  keys: (dict) => [...dict.keys()],
  values: (dict) => [...dict.values()],
  copy: (dict) => new Map(dict),
};
