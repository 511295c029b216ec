import { repr, toText } from './printing.ts';
import { type Arguments, asNumber, isDict, isList, TemplateError, typeName, type Value } from './values.ts';

/** Python's `text % values`. @throws for too few or too many values, or a conversion that isn't served */
export function formatPercent(text: string, operand: Value): string {
  const values = isList(operand) ? operand : [operand];
  let numUsed = 0;
  const next = (): Value => {
    if (numUsed === values.length) throw new TemplateError('not enough arguments for format string');
    return values[numUsed++]!;
  };
  const result = text.replace(
    /%(?:\((\w+)\))?([-0]*)(\d*)(?:\.(\d+))?(.?)/gsu,
    (match, key?: string, flags = '', width = '', precision?: string, type = '') => {
      if (type === '%') return '%';
      const value = key === undefined ? next() : lookUp(operand, key);
      const converted = convert(match, value, { type, precision });
      if (flags.includes('-')) return converted.padEnd(Number(width));
      return converted.padStart(Number(width), flags.includes('0') && type !== 's' ? '0' : ' ');
    },
  );
  if (numUsed < values.length && !isDict(operand)) {
    throw new TemplateError('not all arguments converted during string formatting');
  }
  return result;
}

interface Conversion {
  readonly type: string;
  readonly precision: string | undefined;
}

function convert(spec: string, value: Value, { type, precision }: Conversion): string {
  if (type === 's') return precision === undefined ? toText(value) : toText(value).slice(0, Number(precision));
  if (type === 'r') return repr(value);
  const number = asNumber(value);
  if (number === undefined)
    throw new TemplateError(`%${type} format: a real number is required, not ${typeName(value)}`);
  if (type === 'd' || type === 'i') return BigInt(typeof number === 'bigint' ? number : Math.trunc(number)).toString();
  if (type === 'f') return Number(number).toFixed(precision === undefined ? 6 : Number(precision));
  if (type === 'x') return number.toString(16);
  throw new TemplateError(`the format ${spec} isn't served`);
}

function lookUp(operand: Value, key: string): Value {
  const value = isDict(operand) ? operand.get(key) : undefined;
  if (value === undefined) throw new TemplateError(`no value for the format %(${key})`);
  return value;
}

/** Python's `text.format(…)` with plain fields: `{}`, `{0}`, `{name}`, `{0:.2f}`. @throws for any other */
export function formatBraces(text: string, { positional, keywords }: Arguments): string {
  let numUsed = 0;
  return text.replace(/\{\{|\}\}|\{(\w*)(?::\.(\d+)f)?\}|[{}]/g, (match, name?: string, digits?: string) => {
    if (match === '{{' || match === '}}') return match[0]!;
    if (name === undefined) throw new TemplateError(`the format ${JSON.stringify(text)} isn't served`);
    const value =
      name === '' ? positional[numUsed++] : /^\d+$/.test(name) ? positional[Number(name)] : keywords.get(name);
    if (value === undefined) throw new TemplateError(`no value for the format field {${name}}`);
    if (digits === undefined) return toText(value);
    return convert(match, value, { type: 'f', precision: digits });
  });
}
