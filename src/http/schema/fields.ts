import { z } from 'zod';
import { documented } from './documented.ts';

const maxU32 = 2 ** 32 - 1;
const maxU64 = 2n ** 64n - 1n;

/** A field that may be left out; null counts as left out. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** An optional flag that is off unless it is set. */
export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

export const unsignedInteger = z
  .int('expected an integer')
  .min(0, 'expected an integer ≥ 0')
  .max(maxU32, `expected an integer ≤ ${maxU32}`);

export const signedInteger = z
  .int('expected an integer')
  .min(-(2 ** 31), 'expected a 32-bit integer')
  .max(2 ** 31 - 1, 'expected a 32-bit integer');

/** A seed: a u64, exact. */
export const seed = z
  .custom<number | bigint>(isU64, 'expected an integer from 0 to 18446744073709551615')
  .meta({ override: { type: 'integer', format: 'uint64', minimum: 0 } })
  .transform((value) => BigInt(value));

function isU64(value: unknown): boolean {
  if (typeof value === 'bigint') return value >= 0n && value <= maxU64;
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** One stop text or a list of them. */
export const stopTexts = z
  .union(
    [z.string(), documented(z.array(z.string()), ({ maxStopSequences }) => ({ maxItems: maxStopSequences }))],
    'expected a string or a list of strings',
  )
  .transform((value) => (typeof value === 'string' ? [value] : value));
