import { errorTable, ParlanceError } from '../errors/errors.ts';
import type { Log } from './services.ts';

/** Any failure as an error with a code. With a log, what the client isn't told is written there. */
export function toParlanceError(error: unknown, log?: Log): ParlanceError {
  const known =
    error instanceof ParlanceError ? error : new ParlanceError('internal', 'unexpected error', { cause: error });
  if (errorTable[known.code].status >= 500 && known.code !== 'unavailable')
    log?.error({ err: error }, 'a request failed');
  return known;
}
