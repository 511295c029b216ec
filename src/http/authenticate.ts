import { createHash, timingSafeEqual } from 'node:crypto';
import { ParlanceError } from '../errors/errors.ts';

/** Holds an Authorization header against the keys, in time that tells nothing about them.
 * @throws unauthorized; never where there are no keys */
export function authenticate(authorization: string | undefined, apiKeys: readonly string[]): void {
  if (apiKeys.length === 0) return;
  const token = /^bearer (.*)$/is.exec(authorization ?? '')?.[1] ?? '';
  const digest = sha256(token);
  const matches = apiKeys.map((key) => timingSafeEqual(sha256(key), digest));
  if (!matches.includes(true)) {
    throw new ParlanceError('unauthorized', 'a valid API key is needed: `Authorization: Bearer KEY`', {
      param: 'authorization',
    });
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest();
