import type { PrefillToken, Token } from '../../../text/types.ts';
import { shortestFloat32 } from '../../json/float32.ts';

export function tgiToken({ id, text, logprob, special }: Token) {
  return { id, text, logprob: shortestFloat32(logprob), special };
}

export function tgiPrefillToken({ id, text, logprob }: PrefillToken) {
  return { id, text, logprob: logprob === null ? null : shortestFloat32(logprob) };
}
