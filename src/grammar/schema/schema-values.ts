import { accepts } from '../languages/char-dfa.ts';
import type { Alternative } from './alternative.ts';
import { areJsonEqual, isRecord, type JsonNumber, type Schema } from './json-schema.ts';
import { isMultiple } from './number-language.ts';
import { formatDfa, patternDfa } from './string-language.ts';

type AlternativesOf = (schemas: readonly Schema[]) => Alternative[];

/** Whether a value of `enum` or `const` satisfies a conjunction of schemas. */
function isValid(value: unknown, schemas: readonly Schema[], alternativesOf: AlternativesOf): boolean {
  return alternativesOf(schemas).some((alternative) => satisfies(value, alternative, alternativesOf));
}

export function satisfies(value: unknown, alternative: Alternative, alternativesOf: AlternativesOf): boolean {
  const { types, values } = alternative;
  if (values && !values.some((allowed) => areJsonEqual(allowed, value))) return false;
  if (value === null) return types.includes('null');
  if (typeof value === 'boolean') return types.includes('boolean');
  if (typeof value === 'number' || typeof value === 'bigint') {
    return types.includes('number') && isNumberValid(value, alternative);
  }
  if (typeof value === 'string') return types.includes('string') && isStringValid(value, alternative);
  if (Array.isArray(value)) return types.includes('array') && areItemsValid(value, alternative, alternativesOf);
  return isRecord(value) && types.includes('object') && areKeysValid(value, alternative, alternativesOf);
}

function isNumberValid(value: JsonNumber, { isInteger, min, max, multiplesOf }: Alternative): boolean {
  if (isInteger && !Number.isInteger(Number(value))) return false;
  if (min && (min.isExclusive ? value <= min.value : value < min.value)) return false;
  if (max && (max.isExclusive ? value >= max.value : value > max.value)) return false;
  return multiplesOf.every((factor) => isMultiple(value, factor));
}

function isStringValid(value: string, { minLength, maxLength, patterns, formats }: Alternative): boolean {
  const { length } = [...value];
  if (length < minLength || length > maxLength) return false;
  return (
    formats.every((format) => accepts(formatDfa(format), value)) &&
    patterns.every((pattern) => accepts(patternDfa(pattern), value))
  );
}

function areItemsValid(value: readonly unknown[], alternative: Alternative, alternativesOf: AlternativesOf): boolean {
  const { minItems, maxItems, items } = alternative;
  if (value.length < minItems || value.length > maxItems) return false;
  return value.every((item, index) => {
    const schemas = items.map(({ prefix, rest }) => prefix[index] ?? rest ?? true);
    return isValid(item, schemas, alternativesOf);
  });
}

function areKeysValid(
  value: Readonly<Record<string, unknown>>,
  alternative: Alternative,
  alternativesOf: AlternativesOf,
): boolean {
  const { keys, required, minProperties, maxProperties } = alternative;
  const names = Object.keys(value);
  if (names.length < minProperties || names.length > maxProperties) return false;
  if (!required.every((name) => Object.hasOwn(value, name))) return false;
  return names.every((name) =>
    isValid(
      value[name],
      keys.flatMap((key) => schemasOfKey(key, name)),
      alternativesOf,
    ),
  );
}

/** What one schema says of the value of a key. */
export function schemasOfKey(
  { properties, patterns, additional }: Alternative['keys'][number],
  name: string,
): Schema[] {
  const own = properties.get(name);
  const matching = patterns.filter(([pattern]) => accepts(patternDfa(pattern), name)).map(([, schema]) => schema);
  if (own === undefined && matching.length === 0) return additional === undefined ? [] : [additional];
  return own === undefined ? matching : [own, ...matching];
}
