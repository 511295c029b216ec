import { type ErrorCode, errorTable } from '../../../errors/errors.ts';
import type { Dialect } from '../dialect.ts';
import { publicMessage } from '../public-message.ts';

/** What TGI writes before the message. */
const prefixes: Partial<Record<ErrorCode, string>> = {
  validation: 'Input validation error: ',
  context_length_exceeded: 'Input validation error: ',
  invalid_grammar: 'Input validation error: grammar is not valid: ',
  generation: 'Request failed during generation: ',
  template_error: 'Template error: ',
  missing_template_variable: 'Missing template variable: ',
  tool_error: 'Tool error: ',
};

/** `{error, error_type}`; streams end without a word.
 * @see text-generation-inference router/src/infer/mod.rs, InferError */
export const tgiDialect: Dialect = {
  name: 'tgi',
  errorBody: (error) => ({
    error: (prefixes[error.code] ?? '') + publicMessage(error),
    error_type: errorTable[error.code].tgiType,
  }),
  endOfStream: undefined,
};
