import { isIP } from 'node:net';
import { z } from 'zod';

/** How a setting's text becomes its value. The schema's description says, in words, what is allowed. */
export type ValueType<T> = z.ZodType<T, string>;

/** Decimal digits only: `1e3`, `0x10` and `10.0` are not integers here. */
export function integer(min: number, max: number = Number.MAX_SAFE_INTEGER): ValueType<number> {
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  return z
    .string()
    .trim()
    .regex(/^\d+$/)
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .describe(`an integer ${range}`);
}

export function number(min: number, max: number = Number.MAX_VALUE): ValueType<number> {
  const range = max === Number.MAX_VALUE ? `of at least ${min}` : `from ${min} to ${max}`;
  return z
    .string()
    .trim()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .describe(`a number ${range}`);
}

/** Python's `True` as well as `true` and `1`. */
export const boolean: ValueType<boolean> = z
  .string()
  .trim()
  .pipe(z.stringbool({ truthy: ['true', '1', 'yes', 'on'], falsy: ['false', '0', 'no', 'off'] }))
  .describe('true or false (also 1 or 0, yes or no, on or off)');

export const text: ValueType<string> = z.string().min(1).describe('a text of at least one character');

export function oneOf<const T extends string>(values: readonly T[]): ValueType<T> {
  return z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.enum(values))
    .describe(`one of ${values.join(', ')}`);
}

/** Comma-separated; spaces around the items are dropped, and so are empty items. */
export const list: ValueType<readonly string[]> = z
  .string()
  .transform((items) =>
    items
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  )
  .describe('a comma-separated list');

export const address: ValueType<string> = z
  .string()
  .trim()
  .refine((host) => isIP(host) !== 0 || host === 'localhost')
  .describe('an IP address to listen on, such as 0.0.0.0, 127.0.0.1 or ::, or localhost');

export const path: ValueType<string> = z.string().startsWith('/').describe('a path that begins with /');
