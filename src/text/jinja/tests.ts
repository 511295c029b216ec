import { BoundArguments } from './arguments.ts';
import {
  type Arguments,
  asNumber,
  Callable,
  compare,
  contains,
  isDict,
  isEqual,
  isList,
  isNumber,
  TemplateError,
  Undefined,
  type Value,
} from './values.ts';

type Test = (value: Value, args: Arguments) => boolean;

/** What stands after `is`. @throws for a test that Jinja doesn't have */
export function applyTest(name: string, value: Value, args: Arguments): boolean {
  const test = Object.hasOwn(TESTS, name) ? TESTS[name] : undefined;
  if (test === undefined) throw new TemplateError(`No test named '${name}'.`);
  return test(value, args);
}

const other = (args: Arguments): Value => new BoundArguments('test', args, ['other']).required('other');
const order =
  (operator: string, holds: (sign: number) => boolean): Test =>
  (value, args) =>
    holds(compare(value, other(args), operator));
const equal: Test = (value, args) => isEqual(value, other(args));
const greater = order('>', (sign) => sign > 0);
const less = order('<', (sign) => sign < 0);

function remainder(value: Value, divisor: number): number {
  const number = asNumber(value);
  if (number === undefined) throw new TemplateError('only a number is odd, even or divisible');
  return Number(number) % divisor;
}

const TESTS: Readonly<Record<string, Test>> = {
  boolean: (value) => typeof value === 'boolean',
  callable: (value) => value instanceof Callable,
  defined: (value) => !(value instanceof Undefined),
  divisibleby: (value, args) => remainder(value, Number(asNumber(other(args)))) === 0,
  eq: equal,
  equalto: equal,
  '==': equal,
  ne: (value, args) => !isEqual(value, other(args)),
  '!=': (value, args) => !isEqual(value, other(args)),
  even: (value) => remainder(value, 2) === 0,
  odd: (value) => Math.abs(remainder(value, 2)) === 1,
  false: (value) => value === false,
  true: (value) => value === true,
  float: (value) => typeof value === 'number' && !Number.isInteger(value),
  integer: (value) => typeof value === 'bigint' || Number.isInteger(value),
  number: (value) => asNumber(value) !== undefined,
  ge: order('>=', (sign) => sign >= 0),
  '>=': order('>=', (sign) => sign >= 0),
  gt: greater,
  greaterthan: greater,
  '>': greater,
  le: order('<=', (sign) => sign <= 0),
  '<=': order('<=', (sign) => sign <= 0),
  lt: less,
  lessthan: less,
  '<': less,
  in: (value, args) => contains(other(args), value),
  iterable: (value) => isList(value) || isDict(value) || typeof value === 'string' || value instanceof Undefined,
  mapping: isDict,
  none: (value) => value === null,
  sameas: (value, args) => value === other(args) || (isNumber(value) && isEqual(value, other(args))),
  sequence: (value) => isList(value) || isDict(value) || typeof value === 'string' || value instanceof Undefined,
  string: (value) => typeof value === 'string',
  undefined: (value) => value instanceof Undefined,
  lower: (value) => typeof value === 'string' && /\p{Ll}/u.test(value) && value === value.toLowerCase(),
  upper: (value) => typeof value === 'string' && /\p{Lu}/u.test(value) && value === value.toUpperCase(),
};
