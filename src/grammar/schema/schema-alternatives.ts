import { type Alternative, anything, narrow } from './alternative.ts';
import {
  isRecord,
  resolveReference,
  type Schema,
  type SchemaObject,
  schemaError,
  subschemas,
  textKeyword,
} from './json-schema.ts';
import { excludingConstraints } from './schema-disjoint.ts';

/** What the choices of a conjunction may multiply to. */
const MAX_ALTERNATIVES = 1_000;
const MAX_STEPS = 200_000;

/** A schema still to be taken in, and the schemas that led to it without reading anything. */
interface Todo {
  readonly schema: Schema;
  readonly ancestors: readonly SchemaObject[];
}

/** Resolves references and choices: a conjunction of schemas as alternatives without either. */
export class SchemaAlternatives {
  readonly #root: Schema;
  /** Those whose oneOf is being compared: within its own options it counts as anyOf, which is wider and so on the safe side. */
  readonly #inProgress = new Set<SchemaObject>();
  readonly #expandedChoices = new WeakMap<SchemaObject, readonly (readonly Schema[])[]>();

  readonly #contradictions: string[];
  #numSteps = 0;

  /** @param contradictions takes notes of conjunctions that nothing satisfies */
  constructor(root: Schema, contradictions: string[]) {
    this.#root = root;
    this.#contradictions = contradictions;
  }

  /** @throws validation for references in a circle, and for choices that multiply or overlap */
  of(schemas: readonly Schema[]): Alternative[] {
    const todo = schemas.map((schema) => ({ schema, ancestors: [] }));
    const found: Alternative[] = [];
    this.#expand(todo, anything, new Set(), found);
    return found;
  }

  #expand(
    todo: readonly Todo[],
    alternative: Alternative,
    seen: ReadonlySet<SchemaObject>,
    found: Alternative[],
  ): void {
    if (++this.#numSteps > MAX_STEPS) throw schemaError('anyOf', 'its choices combine in too many ways');
    const [first, ...rest] = todo;
    if (first === undefined) {
      if (found.length >= MAX_ALTERNATIVES)
        throw schemaError('anyOf', `choices multiply to more than ${MAX_ALTERNATIVES}`);
      found.push(alternative);
      return;
    }
    const { schema, ancestors } = first;
    if (schema === false) return;
    if (schema === true) {
      this.#expand(rest, alternative, seen, found);
      return;
    }
    if (ancestors.includes(schema)) throw schemaError('$ref', 'references lead in a circle without reading anything');
    // A conjunction says nothing new the second time.
    if (seen.has(schema)) {
      this.#expand(rest, alternative, seen, found);
      return;
    }
    const narrowed = narrow(alternative, schema);
    if (narrowed.types.length === 0) {
      this.#contradictions.push(`type ${JSON.stringify(schema.type)} leaves no type that the other keywords allow`);
      return;
    }
    const path = [...ancestors, schema];
    const further = this.#conjuncts(schema).map((conjunct) => ({ schema: conjunct, ancestors: path }));
    this.#choose(this.#choices(schema), path, [...further, ...rest], narrowed, new Set([...seen, schema]), found);
  }

  /** Takes one option of each choice, in all combinations. */
  #choose(
    choices: readonly (readonly Schema[])[],
    path: readonly SchemaObject[],
    todo: readonly Todo[],
    alternative: Alternative,
    seen: ReadonlySet<SchemaObject>,
    found: Alternative[],
  ): void {
    const [options, ...others] = choices;
    if (!options) {
      this.#expand(todo, alternative, seen, found);
      return;
    }
    for (const option of options) {
      this.#choose(others, path, [{ schema: option, ancestors: path }, ...todo], alternative, seen, found);
    }
  }

  #conjuncts(schema: SchemaObject): readonly Schema[] {
    const reference = textKeyword(schema, '$ref');
    const target = reference === undefined ? [] : [resolveReference(this.#root, reference, '$ref')];
    return [...target, ...subschemas.list(schema, 'allOf')];
  }

  /** Kept, so that the same option is the same object each time. */
  #choices(schema: SchemaObject): readonly (readonly Schema[])[] {
    const known = this.#expandedChoices.get(schema);
    if (known) return known;
    const choices: (readonly Schema[])[] = [];
    const anyOf = subschemas.list(schema, 'anyOf');
    const oneOf = subschemas.list(schema, 'oneOf');
    if (anyOf.length > 0) choices.push(anyOf);
    if (oneOf.length > 0) choices.push(this.#inProgress.has(schema) ? oneOf : this.#exactlyOne(schema, oneOf));
    if (isRecord(schema.dependentRequired)) {
      for (const [name, needed] of Object.entries(schema.dependentRequired)) {
        choices.push([without(name), { required: [name, ...(needed as string[])] }]);
      }
    }
    for (const [name, dependent] of subschemas.map(schema, 'dependentSchemas')) {
      choices.push([without(name), { required: [name], allOf: [dependent] }]);
    }
    if (!this.#inProgress.has(schema)) this.#expandedChoices.set(schema, choices);
    return choices;
  }

  /** The options, each narrowed until it shares no value with another. @throws validation where that is not possible */
  #exactlyOne(schema: SchemaObject, options: readonly Schema[]): Schema[] {
    const { oneOf: _, ...base } = schema;
    const alternativesOf = (schemas: readonly Schema[]) => this.of(schemas);
    this.#inProgress.add(schema);
    const alternatives = options.map((option) => this.of([base, option]));
    const narrowed = options.map((option, i) => {
      const constraints = options.flatMap((_, j) => {
        if (i === j) return [];
        const constraint = excludingConstraints(alternatives[i]!, alternatives[j]!, alternativesOf);
        if (!constraint) throw schemaError('oneOf', `the options ${i} and ${j} overlap: a value may match both`);
        return constraint;
      });
      return { allOf: [option, ...constraints] };
    });
    this.#inProgress.delete(schema);
    return narrowed;
  }
}

const without = (name: string): Schema => ({ properties: { [name]: false } });
