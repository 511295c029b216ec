import type { Alternative } from './alternative.ts';
import { type JsonType, type Schema, scalarText } from './json-schema.ts';
import { schemasOfKey } from './schema-values.ts';
import { areStringsDisjoint } from './string-language.ts';

/** How deep properties are compared. */
const MAX_DEPTH = 3;

type AlternativesOf = (schemas: readonly Schema[]) => Alternative[];

/** Finds what must be added to `generated` so that nothing made from it satisfies `other`.
 * @returns constraints, none where it is so already; undefined where no way was found */
export function excludingConstraints(
  generated: readonly Alternative[],
  other: readonly Alternative[],
  alternativesOf: AlternativesOf,
): Schema[] | undefined {
  const constraints: Schema[] = [];
  for (const mine of generated) {
    for (const theirs of other) {
      const constraint = excludePair(mine, theirs, alternativesOf, MAX_DEPTH);
      if (!constraint) return undefined;
      constraints.push(...constraint);
    }
  }
  return constraints;
}

function excludePair(
  mine: Alternative,
  theirs: Alternative,
  alternativesOf: AlternativesOf,
  depth: number,
): Schema[] | undefined {
  if (areValuesDisjoint(mine, theirs)) return [];
  const constraints: Schema[] = [];
  for (const type of mine.types) {
    if (!theirs.types.includes(type)) continue;
    const constraint = excludeType(type, mine, theirs, alternativesOf, depth);
    if (!constraint) return undefined;
    constraints.push(...constraint);
  }
  return constraints;
}

function areValuesDisjoint(mine: Alternative, theirs: Alternative): boolean {
  if (!mine.values || !theirs.values) return false;
  const texts = new Set(theirs.values.map(scalarText));
  const areScalars = [...mine.values, ...theirs.values].every((value) => typeof value !== 'object' || value === null);
  return areScalars && !mine.values.some((value) => texts.has(scalarText(value)));
}

function excludeType(
  type: JsonType,
  mine: Alternative,
  theirs: Alternative,
  alternativesOf: AlternativesOf,
  depth: number,
): Schema[] | undefined {
  const isTypeAbsent = (side: Alternative) => side.values?.every((value) => typeOf(value) !== type) === true;
  if (isTypeAbsent(mine) || isTypeAbsent(theirs)) return [];
  switch (type) {
    case 'number':
      return isBelow(mine, theirs) || isBelow(theirs, mine) ? [] : undefined;
    case 'string':
      return areStringsDisjoint(mine, theirs) ? [] : undefined;
    case 'array':
      return mine.minItems > theirs.maxItems || theirs.minItems > mine.maxItems ? [] : undefined;
    case 'object':
      return depth === 0 ? undefined : excludeObject(mine, theirs, alternativesOf, depth - 1);
    default:
      return undefined;
  }
}

function typeOf(value: unknown): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'bigint' ? 'number' : (typeof value as JsonType);
}

function isBelow(low: Alternative, high: Alternative): boolean {
  if (!low.max || !high.min) return false;
  if (low.max.value < high.min.value) return true;
  return low.max.value <= high.min.value && (low.max.isExclusive || high.min.isExclusive);
}

/** Two objects differ by a key that one must have and the other cannot, or by a key whose values differ. Where such a key
 * is optional it is required of, or forbidden to, what is generated. */
function excludeObject(
  mine: Alternative,
  theirs: Alternative,
  alternativesOf: AlternativesOf,
  depth: number,
): Schema[] | undefined {
  if (theirs.required.some((name) => !mayGenerate(mine, name))) return [];
  const distinguishing = mine.keys
    .flatMap((key) => [...key.properties.keys()])
    .find((name) => areKeyValuesDisjoint(name, mine, theirs, alternativesOf, depth));
  if (distinguishing !== undefined)
    return mine.required.includes(distinguishing) ? [] : [{ required: [distinguishing] }];
  const avoidable = theirs.required.find((name) => !mine.required.includes(name));
  return avoidable === undefined ? undefined : [{ properties: { [avoidable]: false } }];
}

/** Whether an object made from the alternative can have the key: unnamed keys are made only where a schema asks for it. */
function mayGenerate(alternative: Alternative, name: string): boolean {
  if (valuesOfKey(alternative, name).includes(false)) return false;
  const isNamed = alternative.required.includes(name) || alternative.keys.some((key) => key.properties.has(name));
  const isOpen =
    alternative.keys.length === 0 ||
    alternative.keys.some((key) => key.additional !== undefined || key.patterns.length > 0);
  return isNamed || isOpen;
}

function valuesOfKey({ keys }: Alternative, name: string): Schema[] {
  return keys.flatMap((key) => schemasOfKey(key, name));
}

function areKeyValuesDisjoint(
  name: string,
  mine: Alternative,
  theirs: Alternative,
  alternativesOf: AlternativesOf,
  depth: number,
): boolean {
  const own = alternativesOf(valuesOfKey(mine, name));
  const others = alternativesOf(valuesOfKey(theirs, name));
  if (own.length === 0) return false;
  return own.every((a) => others.every((b) => excludePair(a, b, alternativesOf, depth)?.length === 0));
}
