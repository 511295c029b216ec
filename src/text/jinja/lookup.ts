import { methodOf } from './methods.ts';
import { repr } from './printing.ts';
import {
  asNumber,
  isDict,
  isList,
  Namespace,
  orElse,
  TemplateError,
  typeName,
  Undefined,
  type Value,
} from './values.ts';

/** `value.name`: an attribute, else an item. */
export function getAttribute(value: Value, name: string): Value {
  const found = attribute(value, name);
  return orElse(found === undefined ? item(value, name) : found, missing(value, name));
}

/** `value[key]`: an item, else an attribute. */
export function getItem(value: Value, key: Value): Value {
  const found = item(value, key);
  const isName = found === undefined && typeof key === 'string';
  return orElse(isName ? attribute(value, key) : found, missing(value, key));
}

/** `value[start:stop:step]`. @throws for what has no order */
export function getSlice(value: Value, bounds: readonly [Value, Value, Value]): Value {
  const [start, stop, step] = bounds.map((bound) => sliceBound(bound));
  if (isList(value)) return slice(value, start, stop, step);
  if (typeof value === 'string') return slice([...value], start, stop, step).join('');
  if (value instanceof Undefined) throw new TemplateError(value.message);
  throw new TemplateError(`'${typeName(value)}' object is not subscriptable`);
}

function attribute(value: Value, name: string): Value | undefined {
  if (value instanceof Undefined) throw new TemplateError(value.message);
  if (value instanceof Namespace) return value.attributes.get(name);
  return methodOf(value, name);
}

function item(value: Value, key: Value): Value | undefined {
  if (value instanceof Undefined) throw new TemplateError(value.message);
  if (isDict(value)) return value.get(key);
  const index = asNumber(key);
  if (index === undefined || !Number.isInteger(Number(index))) return undefined;
  if (isList(value)) return value.at(Number(index));
  return typeof value === 'string' ? [...value].at(Number(index)) : undefined;
}

function missing(value: Value, key: Value): Undefined {
  const what = value === null ? 'None' : `${typeName(value)} object`;
  if (typeof key !== 'string') return new Undefined(`${what} has no element ${repr(key)}`);
  return new Undefined(`'${what}' has no attribute ${repr(key)}`);
}

function sliceBound(bound: Value): number | undefined {
  if (bound === null) return undefined;
  const number = asNumber(bound);
  if (number !== undefined && Number.isInteger(Number(number))) return Number(number);
  throw new TemplateError('slice indices must be integers or None');
}

/** @see https://docs.python.org/3/reference/datamodel.html#slice.indices */
function slice<T>(items: readonly T[], start: number | undefined, stop: number | undefined, step = 1): T[] {
  if (step === 0) throw new TemplateError('slice step cannot be zero');
  const { length } = items;
  const [least, most] = step > 0 ? [0, length] : [-1, length - 1];
  const clamp = (bound: number) => Math.min(most, Math.max(least, bound < 0 ? bound + length : bound));
  const from = start === undefined ? (step > 0 ? least : most) : clamp(start);
  const to = stop === undefined ? (step > 0 ? most : least) : clamp(stop);
  const result: T[] = [];
  for (let i = from; step > 0 ? i < to : i > to; i += step) result.push(items[i]!);
  return result;
}
