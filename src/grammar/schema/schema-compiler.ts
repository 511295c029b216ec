import type { AutomatonBuilder } from '../automaton/automaton-builder.ts';
import { addRawText, addStringContent } from '../automaton/json-text.ts';
import { isEmpty } from '../languages/char-dfa.ts';
import type { Alternative } from './alternative.ts';
import { addArray } from './array-grammar.ts';
import { addLiterals } from './json-literal.ts';
import { type JsonType, type Schema, type SchemaObject, schemaError } from './json-schema.ts';
import { type Bound, numberLanguage } from './number-language.ts';
import { addObject } from './object-grammar.ts';
import { SchemaAlternatives } from './schema-alternatives.ts';
import { checkSchema } from './schema-check.ts';
import { satisfies } from './schema-values.ts';
import { hasPattern, stringLanguage } from './string-language.ts';
import type { ValueRules } from './value-rules.ts';

/** Longer bounds are taken as this: no answer is so long. */
const MAX_COUNTED_LENGTH = 10_000_000;

/** Conjunctions of subschemas that one schema may need. */
const MAX_RULES = 10_000;

/** Adds the JSON texts that satisfy a schema: where all of them are not feasible a subset, never others. Keys come in the
 * schema's order; keys that it does not name come only where `additionalProperties` or `patternProperties` ask for them,
 * or no key is named at all.
 * @returns the start of a rule
 * @throws validation naming the keyword that is not supported */
export function addSchema(builder: AutomatonBuilder, schema: unknown, contradictions: string[]): number {
  checkSchema(schema);
  return new SchemaCompiler(builder, schema, contradictions).rule([schema]);
}

class SchemaCompiler implements ValueRules {
  readonly builder: AutomatonBuilder;
  readonly #alternatives: SchemaAlternatives;
  readonly #contradictions: string[];
  readonly #rules = new Map<string, number>();
  readonly #ids = new Map<SchemaObject, number>();
  readonly #scalarRules = new Map<string, number>();

  constructor(builder: AutomatonBuilder, root: Schema, contradictions: string[]) {
    this.builder = builder;
    this.#alternatives = new SchemaAlternatives(root, contradictions);
    this.#contradictions = contradictions;
  }

  contradict(reason: string): void {
    this.#contradictions.push(reason);
  }

  rule(schemas: readonly Schema[]): number {
    const key = this.#keyOf(schemas);
    const known = this.#rules.get(key);
    if (known !== undefined) return known;
    if (this.#rules.size >= MAX_RULES)
      throw schemaError('#', `it needs more than ${MAX_RULES} combinations of its subschemas`);
    const start = this.builder.state();
    this.#rules.set(key, start);
    const end = this.builder.state();
    this.builder.accept(end);
    for (const alternative of this.#alternatives.of(schemas)) this.#addAlternative(alternative, start, end);
    return start;
  }

  #keyOf(schemas: readonly Schema[]): string {
    if (schemas.includes(false)) return 'false';
    const ids = schemas.flatMap((schema) => (typeof schema === 'boolean' ? [] : [this.#idOf(schema)]));
    return [...new Set(ids)].sort((a, b) => a - b).join();
  }

  #idOf(schema: SchemaObject): number {
    const id = this.#ids.get(schema) ?? this.#ids.size;
    this.#ids.set(schema, id);
    return id;
  }

  #addAlternative(alternative: Alternative, start: number, end: number): void {
    if (alternative.values) {
      this.#addValues(alternative, start, end);
      return;
    }
    for (const type of alternative.types) {
      const key = scalarKey(type, alternative);
      if (key === undefined) this.builder.silent(this.#addType(type, alternative, start), end);
      else this.builder.call(start, this.#scalarRule(key, type, alternative), end);
    }
  }

  #addValues(alternative: Alternative, start: number, end: number): void {
    const fitting = alternative.values!.filter((value) =>
      satisfies(value, { ...alternative, values: undefined }, (schemas) => this.#alternatives.of(schemas)),
    );
    if (fitting.length === 0) this.contradict('no value of enum or const satisfies the other keywords');
    else this.builder.silent(addLiterals(this.builder, start, fitting), end);
  }

  /** Shared by all that want the same string or number. */
  #scalarRule(key: string, type: JsonType, alternative: Alternative): number {
    const known = this.#scalarRules.get(key);
    if (known !== undefined) return known;
    const start = this.builder.state();
    this.#scalarRules.set(key, start);
    this.builder.accept(this.#addType(type, alternative, start));
    return start;
  }

  /** @returns the state after the value */
  #addType(type: JsonType, alternative: Alternative, start: number): number {
    const { builder } = this;
    switch (type) {
      case 'null':
        return builder.text(start, 'null');
      case 'boolean':
        return addLiterals(builder, start, [true, false]);
      case 'number':
        return this.#addNumber(alternative, start);
      case 'string':
        return this.#addString(alternative, start);
      case 'array':
        return addArray(this, alternative, start);
      case 'object':
        return addObject(this, alternative, start);
    }
  }

  #addNumber(alternative: Alternative, start: number): number {
    const language = numberLanguage(alternative);
    if (isEmpty(language)) {
      const { min, max, multiplesOf } = alternative;
      const words = [
        min && `minimum ${min.value}`,
        max && `maximum ${max.value}`,
        ...multiplesOf.map((m) => `multipleOf ${m}`),
      ];
      this.contradict(
        `no ${alternative.isInteger ? 'integer' : 'number'} satisfies ${words.filter(Boolean).join(' and ')}`,
      );
    }
    return addRawText(this.builder, language, start);
  }

  #addString(alternative: Alternative, start: number): number {
    const { builder } = this;
    const quote = builder.text(start, '"');
    if (alternative.minLength > alternative.maxLength) {
      this.contradict(`minLength ${alternative.minLength} is above maxLength ${alternative.maxLength}`);
      return builder.state();
    }
    if (!hasPattern(alternative)) {
      const { maxLength: bound } = alternative;
      const maxLength = bound === Number.POSITIVE_INFINITY ? bound : Math.min(bound, MAX_COUNTED_LENGTH);
      const end = builder.state();
      builder.call(quote, builder.countedString(alternative.minLength, maxLength), end);
      return end;
    }
    const language = stringLanguage(alternative);
    if (isEmpty(language)) this.contradict('no string satisfies pattern, format, minLength and maxLength together');
    return builder.text(addStringContent(builder, language, quote), '"');
  }
}

const boundKey = (bound: Bound | undefined) => bound && `${bound.value}${bound.isExclusive}`;

/** What numbers and strings have in common when they are the same; undefined for the other types. */
function scalarKey(type: JsonType, alternative: Alternative): string | undefined {
  const { isInteger, min, max, multiplesOf, minLength, maxLength, patterns, formats } = alternative;
  if (type === 'number') return [isInteger, boundKey(min), boundKey(max), ...multiplesOf].join();
  if (type === 'string') return JSON.stringify([minLength, String(maxLength), patterns, formats]);
  return undefined;
}
