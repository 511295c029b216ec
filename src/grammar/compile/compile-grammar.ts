import { ParlanceError } from '../../errors/errors.ts';
import { type Automaton, distanceOf } from '../automaton/automaton.ts';
import { AutomatonBuilder } from '../automaton/automaton-builder.ts';
import { addRawText, defineJsonCharacter, optionalSpace } from '../automaton/json-text.ts';
import { textsMatchingWhole } from '../languages/pattern-language.ts';
import { schemaError } from '../schema/json-schema.ts';
import { addSchema } from '../schema/schema-compiler.ts';
import { controlTokenBytes } from '../vocabulary/vocabulary.ts';
import { addFreeText } from './free-text.ts';
import type { GrammarPart, GrammarSpec } from './grammar-spec.ts';

const ANY_OBJECT = { type: 'object' };

/** Compiles a grammar; it can be used with any vocabulary, in any thread.
 * Sizes are bounded everywhere, but a hostile schema may take seconds: see `GrammarCompiler` for a bound in time.
 * @throws validation naming the keyword or construct that is not supported, or that nothing satisfies */
export function compileGrammar(spec: GrammarSpec): Automaton {
  const builder = new AutomatonBuilder();
  defineJsonCharacter(builder);
  const contradictions: string[] = [];
  const root = builder.state();
  builder.accept(addSpec(builder, spec, root, contradictions));
  const automaton = builder.build(root);
  if (distanceOf(automaton, root) === Infinity) throw impossible(spec, contradictions);
  return automaton;
}

function impossible(spec: GrammarSpec, contradictions: readonly string[]): ParlanceError {
  if (spec.kind === 'regex') return new ParlanceError('validation', 'the regex matches no text', { param: 'grammar' });
  return schemaError('#', `nothing satisfies it: ${contradictions[0] ?? 'a required $ref never ends'}`);
}

function addSpec(builder: AutomatonBuilder, spec: GrammarSpec, from: number, contradictions: string[]): number {
  switch (spec.kind) {
    case 'json-schema':
      return addJson(builder, spec.schema, from, contradictions);
    case 'json-object':
      return addJson(builder, ANY_OBJECT, from, contradictions);
    case 'regex':
      return addRawText(builder, textsMatchingWhole(spec.pattern, 'grammar'), from);
    case 'parts':
      return addParts(builder, spec.parts, from, contradictions);
  }
}

function addJson(builder: AutomatonBuilder, schema: unknown, from: number, contradictions: string[]): number {
  const end = builder.state();
  builder.call(from, addSchema(builder, schema, contradictions), end);
  return end;
}

function addParts(
  builder: AutomatonBuilder,
  parts: readonly GrammarPart[],
  from: number,
  contradictions: string[],
): number {
  return parts.reduce((state, part) => addPart(builder, part, state, contradictions), from);
}

function addPart(builder: AutomatonBuilder, part: GrammarPart, from: number, contradictions: string[]): number {
  switch (part.kind) {
    case 'literal':
      return builder.text(from, part.text);
    case 'space':
      return optionalSpace(builder, from);
    case 'marker': {
      const end = builder.text(from, part.text);
      builder.silent(builder.literalBytes(from, controlTokenBytes(part.text)), end);
      return end;
    }
    case 'json': {
      const schema = part.isLenient && !isSupported(part.schema) ? ANY_OBJECT : part.schema;
      return addJson(builder, schema, from, contradictions);
    }
    case 'regex':
      return addRawText(builder, textsMatchingWhole(part.pattern, 'grammar'), from);
    case 'choice': {
      const end = builder.state();
      for (const option of part.options) builder.silent(addParts(builder, option, from, contradictions), end);
      return end;
    }
    case 'repeat': {
      const start = builder.state();
      builder.silent(from, start);
      const end = addParts(builder, part.parts, start, contradictions);
      builder.silent(builder.text(end, part.separator), start);
      return end;
    }
    case 'free-text':
      return addFreeText(builder, part, from, (trigger, state) =>
        addParts(builder, trigger.parts, state, contradictions),
      );
  }
}

function isSupported(schema: unknown): boolean {
  try {
    compileGrammar({ kind: 'json-schema', schema });
    return true;
  } catch (error) {
    if (error instanceof ParlanceError) return false;
    throw error;
  }
}
