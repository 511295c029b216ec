import type { ErrorCode } from '../../errors/errors.ts';

/** What can go wrong with any generation. */
export const generationErrors: readonly ErrorCode[] = [
  'malformed_request',
  'payload_too_large',
  'unsupported_media_type',
  'invalid_body',
  'generation',
  'overloaded',
  'incomplete_generation',
  'unavailable',
];
