import { errorTable, type ParlanceError } from '../../../errors/errors.ts';
import type { Dialect } from '../dialect.ts';
import { publicMessage } from '../public-message.ts';

/** What other layers call a field that OpenAI has by another name, or by several. */
const params: Readonly<Record<string, string | null>> = { max_new_tokens: 'max_tokens', inputs: null };

/** `{error: {message, type, param, code}}`; streams end with [DONE]. */
export const openaiDialect: Dialect = {
  name: 'openai',
  errorBody: (error) => ({
    error: {
      message: publicMessage(error),
      type: errorTable[error.code].openaiType,
      param: toParam(error),
      code: error.code,
    },
  }),
  endOfStream: '[DONE]',
};

function toParam({ param }: ParlanceError): string | null {
  if (param === undefined) return null;
  return Object.hasOwn(params, param) ? params[param]! : param;
}
