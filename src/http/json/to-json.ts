import { stringify } from 'lossless-json';

/** JSON text of a value; bigints keep all their digits. */
export function toJson(value: unknown): string {
  return stringify(value) ?? 'null';
}
