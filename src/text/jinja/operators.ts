import { formatPercent } from './formatting.ts';
import { toText } from './printing.ts';
import {
  asNumber,
  compare,
  contains,
  isEqual,
  isList,
  TemplateError,
  typeName,
  Undefined,
  type Value,
  wrongOperands,
} from './values.ts';

/** A list or text is repeated to at most so many items or characters. */
const MAX_REPEATED = 10_000_000;

/** Python's binary operators, but `and` and `or`. @throws TypeError's words where the operands don't fit */
export function applyOperator(operator: string, a: Value, b: Value): Value {
  switch (operator) {
    case '==':
      return isEqual(a, b);
    case '!=':
      return !isEqual(a, b);
    case '<':
      return compare(a, b, operator) < 0;
    case '>':
      return compare(a, b, operator) > 0;
    case '<=':
      return compare(a, b, operator) <= 0;
    case '>=':
      return compare(a, b, operator) >= 0;
    case 'in':
      return contains(b, a);
    case 'not in':
      return !contains(b, a);
    case '~':
      return toText(a) + toText(b);
    case '+':
      return add(a, b);
    case '*':
      return repeat(a, b) ?? repeat(b, a) ?? arithmetic(operator, a, b);
    case '%':
      return typeof a === 'string' ? formatPercent(a, b) : arithmetic(operator, a, b);
    default:
      return arithmetic(operator, a, b);
  }
}

function add(a: Value, b: Value): Value {
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (isList(a) && isList(b)) return [...a, ...b];
  if (typeof a === 'string') throw wrongAddend('str', b);
  if (isList(a)) throw wrongAddend('list', b);
  return arithmetic('+', a, b);
}

function wrongAddend(type: string, b: Value): TemplateError {
  if (b instanceof Undefined) return new TemplateError(b.message);
  return new TemplateError(`can only concatenate ${type} (not "${typeName(b)}") to ${type}`);
}

function repeat(items: Value, count: Value): Value | undefined {
  if (typeof items !== 'string' && !isList(items)) return undefined;
  const times = asNumber(count);
  if (times === undefined || !Number.isInteger(Number(times))) return undefined;
  const n = Math.max(0, Number(times));
  if (items.length * n > MAX_REPEATED) throw new TemplateError(`a value repeated ${n} times is too long`);
  return typeof items === 'string' ? items.repeat(n) : Array.from({ length: n }, () => items).flat();
}

function arithmetic(operator: string, a: Value, b: Value): Value {
  const [x, y] = [asNumber(a), asNumber(b)];
  if (x === undefined || y === undefined) throw wrongOperands(`unsupported operand type(s) for ${operator}:`, a, b);
  // Integers beyond 2^53 come as bigint; what is computed from them need not be exact.
  const result = compute(operator, Number(x), Number(y));
  if (result === undefined) throw new TemplateError(`the operator ${operator} isn't served`);
  return result;
}

function compute(operator: string, x: number, y: number): number | undefined {
  if (y === 0 && (operator === '/' || operator === '//' || operator === '%'))
    throw new TemplateError('division by zero');
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    case '//':
      return Math.floor(x / y);
    case '%':
      return x - y * Math.floor(x / y);
    case '**':
      return x ** y;
    default:
      return undefined;
  }
}
