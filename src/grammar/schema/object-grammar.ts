import { addStringContent, optionalSpace } from '../automaton/json-text.ts';
import { type CharDfa, difference, isEmpty, matchWhole } from '../languages/char-dfa.ts';
import { SCALAR_VALUES } from '../languages/code-point-set.ts';
import { choiceOfTexts, repeat, setOf } from '../languages/regex.ts';
import type { Alternative, KeyConstraint } from './alternative.ts';
import { type Schema, schemaError } from './json-schema.ts';
import { schemasOfKey } from './schema-values.ts';
import { patternDfa } from './string-language.ts';
import type { ValueRules } from './value-rules.ts';

/** Members are counted only where a schema bounds their number: then each state is there once for each count. */
const MAX_COUNTED_STATES = 50_000;
const MAX_COUNT = 1_000;

interface Property {
  readonly name: string;
  readonly rule: number;
  readonly isRequired: boolean;
}

/** Keys without a name of their own. */
interface OtherKeys {
  /** Undefined for any name at all. */
  readonly names: CharDfa | undefined;
  /** Of their values. */
  readonly rule: number;
}

/** Adds `{`, the members in the order of the schema, `}`. @returns the state after it */
export function addObject(rules: ValueRules, alternative: Alternative, start: number): number {
  const { minProperties, maxProperties } = alternative;
  if (minProperties > maxProperties) {
    rules.contradict(`minProperties ${minProperties} is above maxProperties ${maxProperties}`);
    return rules.builder.state();
  }
  const properties = propertiesOf(rules, alternative);
  const others = otherKeysOf(rules, alternative);
  const count = memberCount(alternative, properties.length, others.length > 0);
  return new MemberList(rules, properties, others, count).add(start);
}

function propertiesOf(rules: ValueRules, { keys, required }: Alternative): Property[] {
  return namedKeys({ keys, required }).flatMap((name) => {
    const schemas = keys.flatMap((key) => schemasOfKey(key, name));
    const isRequired = required.includes(name);
    const isForbidden = schemas.includes(false);
    if (isForbidden && isRequired)
      rules.contradict(`required names ${JSON.stringify(name)}, which another keyword forbids`);
    return isForbidden && !isRequired ? [] : [{ name, rule: rules.rule(schemas), isRequired }];
  });
}

const namedKeys = ({ keys, required }: Pick<Alternative, 'keys' | 'required'>): string[] => [
  ...new Set([...keys.flatMap(({ properties }) => [...properties.keys()]), ...required]),
];

function otherKeysOf(rules: ValueRules, alternative: Alternative): OtherKeys[] {
  const { keys } = alternative;
  const named = namedKeys(alternative);
  const patterns = [...new Set(keys.flatMap((key) => key.patterns.map(([pattern]) => pattern)))];
  const additional = keys.flatMap(({ additional }): Schema[] => (additional === undefined ? [] : [additional]));
  const isOpen = named.length + patterns.length === 0 || additional.length > 0;
  const others = patterns.map((pattern): [string | undefined, Schema[]] => [
    pattern,
    keys.flatMap((key) => schemasOfPattern(key, pattern)),
  ]);
  if (isOpen) others.push([undefined, additional]);
  return others.flatMap(([pattern, schemas]) => {
    if (schemas.includes(false)) return [];
    const isAnyName = named.length + patterns.length === 0;
    const names = isAnyName ? undefined : namesOf(pattern, patterns, named);
    return names && isEmpty(names) ? [] : [{ names, rule: rules.rule(schemas) }];
  });
}

function schemasOfPattern({ patterns, additional }: KeyConstraint, pattern: string): Schema[] {
  const own = patterns.filter(([name]) => name === pattern).map(([, schema]) => schema);
  return own.length > 0 || additional === undefined ? own : [additional];
}

/** Names that match the pattern (any, where it is undefined) but none of the others, and are not named. */
function namesOf(pattern: string | undefined, patterns: readonly string[], named: readonly string[]): CharDfa {
  const all = repeat(setOf(SCALAR_VALUES), 0, Infinity);
  const names = pattern === undefined ? matchWhole(all, 'properties') : patternDfa(pattern);
  const unnamed = difference(names, matchWhole(choiceOfTexts(named), 'properties'), 'properties');
  return patterns
    .filter((other) => other !== pattern)
    .reduce((rest, other) => difference(rest, patternDfa(other), 'patternProperties'), unnamed);
}

interface MemberCount {
  readonly min: number;
  /** Infinity where members need not be counted beyond `min`. */
  readonly max: number;
  /** The counts that are told apart are 0 to this. */
  readonly highest: number;
}

function memberCount(
  { minProperties, maxProperties }: Alternative,
  numProperties: number,
  hasOthers: boolean,
): MemberCount {
  if (hasOthers && minProperties > numProperties + 1) {
    throw schemaError(
      'minProperties',
      `${minProperties} needs keys that the schema does not name: at most one of them is counted`,
    );
  }
  const isUnbounded = maxProperties === Infinity || (!hasOthers && maxProperties >= numProperties);
  const max = isUnbounded
    ? Infinity
    : hasOthers
      ? Math.min(maxProperties, Math.max(minProperties, MAX_COUNT))
      : maxProperties;
  const highest = max === Infinity ? minProperties : max;
  if ((highest + 1) * (numProperties + 1) > MAX_COUNTED_STATES) {
    throw schemaError('maxProperties', `counting ${highest} of ${numProperties} properties takes too many states`);
  }
  return { min: minProperties, max, highest };
}

/** The members of one object. States are indexed by the first property that may still come and by the count so far. */
class MemberList {
  readonly #rules: ValueRules;
  readonly #properties: readonly Property[];
  readonly #others: readonly OtherKeys[];
  readonly #count: MemberCount;
  /** Before a key. */
  readonly #before: number[][];
  readonly #beforeClose: number;
  /** From here on no property is required. */
  readonly #firstOptional: number;

  constructor(rules: ValueRules, properties: readonly Property[], others: readonly OtherKeys[], count: MemberCount) {
    this.#rules = rules;
    this.#properties = properties;
    this.#others = others;
    this.#count = count;
    this.#firstOptional = properties.findLastIndex(({ isRequired }) => isRequired) + 1;
    this.#before = Array.from({ length: properties.length + 1 }, () =>
      Array.from({ length: count.highest + 1 }, () => rules.builder.state()),
    );
    this.#beforeClose = rules.builder.state();
  }

  add(start: number): number {
    const { builder } = this.#rules;
    const opened = optionalSpace(builder, builder.text(start, '{'));
    builder.silent(opened, this.#before[0]![0]!);
    if (this.#firstOptional === 0 && this.#count.min === 0) builder.silent(opened, this.#beforeClose);
    for (let count = 0; count <= this.#count.highest; count++) {
      if (count >= this.#count.max) continue;
      for (const [index, property] of this.#properties.entries()) this.#addProperty(index, count, property);
      this.#addOthers(count);
    }
    return builder.text(optionalSpace(builder, this.#beforeClose), '}');
  }

  #next(count: number): number {
    return this.#count.max === Infinity ? Math.min(count + 1, this.#count.min) : count + 1;
  }

  #addProperty(index: number, count: number, { name, rule, isRequired }: Property): void {
    const { builder } = this.#rules;
    const before = this.#before[index]![count]!;
    if (!isRequired) builder.silent(before, this.#before[index + 1]![count]!);
    const after = this.#addValue(builder.text(before, JSON.stringify(name)), rule);
    this.#continue(after, index + 1, this.#next(count), index + 1 >= this.#firstOptional);
  }

  /** A name may come twice: of the others only the first counts as a member that is surely there. */
  #addOthers(count: number): void {
    const { builder } = this.#rules;
    const last = this.#properties.length;
    for (const { names, rule } of this.#others) {
      const quote = builder.text(this.#before[last]![count]!, '"');
      const afterName = this.#addName(quote, names);
      const after = this.#addValue(afterName, rule);
      const next = this.#next(count);
      if (next >= this.#count.min) this.#continue(after, last, next, true);
    }
  }

  #addName(quote: number, names: CharDfa | undefined): number {
    const { builder } = this.#rules;
    if (names) return builder.text(addStringContent(builder, names, quote), '"');
    const after = builder.state();
    builder.call(quote, builder.countedString(0, Infinity), after);
    return after;
  }

  #addValue(afterName: number, rule: number): number {
    const { builder } = this.#rules;
    const after = builder.state();
    builder.call(optionalSpace(builder, builder.text(afterName, ':')), rule, after);
    return after;
  }

  #continue(after: number, index: number, count: number, mayClose: boolean): void {
    const { builder } = this.#rules;
    if (mayClose && count >= this.#count.min) builder.silent(after, this.#beforeClose);
    const hasMore = index < this.#properties.length || this.#others.length > 0;
    if (!hasMore || count >= this.#count.max) return;
    builder.silent(optionalSpace(builder, builder.text(after, ',')), this.#before[index]![count]!);
  }
}
