import type { ParlanceError } from '../../errors/errors.ts';

/** How a family of routes speaks where the routes themselves do not: errors, and the end of a stream. */
export interface Dialect {
  readonly name: 'tgi' | 'openai';
  errorBody(error: ParlanceError): object;
  /** Data of the event that closes every stream, errors included. */
  readonly endOfStream: string | undefined;
}
