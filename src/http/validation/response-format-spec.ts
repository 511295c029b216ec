import { ParlanceError } from '../../errors/errors.ts';
import type { GrammarSpec } from '../../grammar/compile/grammar-spec.ts';
import { parseJsonField } from '../json/parse-json.ts';
import type { ResponseFormat } from '../schema/response-format.ts';
import { asObjectSchema } from './grammar-spec.ts';

/** What a response format asks for; undefined for any text.
 * @throws invalid_grammar naming response_format */
export function responseFormatSpec(format: ResponseFormat | undefined): GrammarSpec | undefined {
  switch (format?.type) {
    case undefined:
    case 'text':
      return undefined;
    case 'json_object':
      return format.value === undefined ? { kind: 'json-object' } : schemaSpec(format.value);
    case 'json':
      return schemaSpec(format.value);
    case 'regex':
      return format.value === '' ? undefined : { kind: 'regex', pattern: format.value };
    case 'json_schema': {
      const described = format.json_schema ?? format.value;
      if (described === undefined) throw invalid('response_format.json_schema is missing');
      return schemaSpec(described.schema);
    }
  }
}

/** A schema, or its text as TGI takes it. */
function schemaSpec(value: unknown): GrammarSpec {
  const schema = typeof value === 'string' ? parseJsonField(value, 'response_format.value') : value;
  if (typeof schema !== 'object' || schema === null) throw invalid('response_format has no JSON Schema');
  return { kind: 'json-schema', schema: asObjectSchema(schema) };
}

const invalid = (message: string) => new ParlanceError('invalid_grammar', message, { param: 'response_format' });
