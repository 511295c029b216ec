import { errorTable } from '../../../errors/errors.ts';
import type { Dialect } from '../dialect.ts';
import { publicMessage } from '../public-message.ts';

/** `{error: {message, type, param, code}}`; streams end with [DONE]. */
export const openaiDialect: Dialect = {
  name: 'openai',
  errorBody: (error) => ({
    error: {
      message: publicMessage(error),
      type: errorTable[error.code].openaiType,
      param: error.param ?? null,
      code: error.code,
    },
  }),
  endOfStream: '[DONE]',
};
