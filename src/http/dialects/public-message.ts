import { errorTable, type ParlanceError } from '../../errors/errors.ts';

/** The message that leaves the server: failures of its inside stay inside. */
export function publicMessage(error: ParlanceError): string {
  return errorTable[error.code].tgiType === 'internal' ? 'the server failed to answer, see its log' : error.message;
}
