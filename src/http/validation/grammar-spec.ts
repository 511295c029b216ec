import { ParlanceError } from '../../errors/errors.ts';
import type { GrammarSpec } from '../../grammar/compile/grammar-spec.ts';
import { parseJsonField } from '../json/parse-json.ts';
import type { Grammar } from '../schema/grammar.ts';

/** What TGI's `grammar` asks for; an empty regex asks for nothing.
 * @param isSupported whether the server constrains texts at all
 * @throws validation, invalid_grammar, in TGI's words where it has some */
export function toGrammarSpec(grammar: Grammar, isSupported: boolean): GrammarSpec | undefined {
  if (!isSupported) throw unsupported();
  switch (grammar.type) {
    case 'json':
    case 'json_object':
      return schemaSpec(typeof grammar.value === 'string' ? parseSchema(grammar.value) : grammar.value);
    case 'json_schema':
      return schemaSpec(grammar.value.schema);
    case 'regex':
      return grammar.value === '' ? undefined : { kind: 'regex', pattern: grammar.value };
  }
}

function schemaSpec(schema: unknown): GrammarSpec {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) throw unsupported();
  if (!('properties' in schema)) throw invalid("Grammar must have a 'properties' field");
  return { kind: 'json-schema', schema: asObjectSchema(schema) };
}

/** Properties are an object's, as TGI reads them, whether the schema says so or not. */
export function asObjectSchema(schema: object): object {
  const isUntyped = 'properties' in schema && !('type' in schema) && !('$ref' in schema);
  return isUntyped ? { ...schema, type: 'object' } : schema;
}

function parseSchema(text: string): unknown {
  try {
    return parseJsonField(text, 'value');
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error));
  }
}

const unsupported = () => new ParlanceError('validation', 'grammar is not supported', { param: 'grammar' });

const invalid = (reason: string) => new ParlanceError('invalid_grammar', reason, { param: 'grammar' });
