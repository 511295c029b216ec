import type { SettingName } from './settings.ts';

/** How a setting was given: by what name, as what text. */
export interface Source {
  readonly kind: 'flag' | 'environment';
  readonly name: string;
  readonly text: string;
}

export type Sources = ReadonlyMap<SettingName, Source>;

/** A setting as its user wrote it: `--port 80` or `PORT=80`. */
export function spelled({ kind, name, text }: Source): string {
  if (kind === 'environment') return `${name}=${text === '' ? '(empty)' : text}`;
  return text === 'true' ? name : `${name} ${text === '' ? '""' : text}`;
}
