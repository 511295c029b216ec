import { stringify } from 'lossless-json';

/** JSON text of an answer; bigints keep all their digits. */
export function toJson(value: object): string {
  return stringify(value) ?? 'null';
}
