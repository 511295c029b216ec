import { errorTable } from '../../src/errors/errors.ts';
import { code, page, table } from './markdown.ts';

/** The reference of all errors, by code. */
export function errorsPage(): string {
  const rows = Object.entries(errorTable).map(([errorCode, { status, tgiType, openaiType }]) => [
    code(errorCode),
    String(status),
    code(tgiType),
    code(openaiType),
  ]);
  return page(
    'Errors',
    'TGI\'s routes answer `{"error": message, "error_type": type}`, OpenAI\'s `{"error": {"message", "type", "param", "code"}}`. ' +
      'The message says what is wrong, the value, and what is allowed. In a stream that has begun, the error is its last event.',
    table(['code', 'status', "TGI's error_type", "OpenAI's type"], rows),
  );
}
