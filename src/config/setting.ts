import type { ValueType } from './value-types.ts';

export const settingGroups = {
  model: 'Model',
  limits: 'Limits of a request',
  batching: 'Batching',
  server: 'Server',
  security: 'Keys and TLS',
  logging: 'Logs',
  compute: 'Compute',
  compatibility: 'Taken over from text-generation-launcher',
} as const;

export type SettingGroup = keyof typeof settingGroups;

/** What a note about a setting may depend on. */
interface HandlingContext {
  readonly executionProvider: 'cpu' | 'cuda' | 'webgpu';
}

/** What becomes of a setting that is given. */
type Handling<T> =
  | { readonly kind: 'honoured' }
  /** Accepted, with another effect than in TGI. `toWhat` is logged after the setting as it was given and a colon;
   * undefined where there is nothing to say. It warns where what was asked for is not done. */
  | {
      readonly kind: 'mapped';
      readonly toWhat: (value: T, context: HandlingContext) => string | undefined;
      readonly warns?: boolean;
      /** Why a value ends the start; undefined where it doesn't. */
      readonly refusal?: (value: T) => string | undefined;
    }
  /** Ends the start unless the value is one that asks for nothing. */
  | { readonly kind: 'refused'; readonly reason: string; readonly isNeutral?: (value: T) => boolean };

export interface SettingDefinition<T> {
  readonly group: SettingGroup;
  readonly description: string;
  readonly type: ValueType<T>;
  /** What an absent default amounts to, in words. */
  readonly defaultText?: string;
  /** Flags beside the one derived from the setting's name; `false`: none at all. */
  readonly flags?: readonly string[] | false;
  /** Environment variables in order of precedence, where they are not just the setting's name; `false`: none at all. */
  readonly environment?: readonly string[] | false;
  /** Whether the flag may be given several times (the values are joined by commas). */
  readonly isRepeatable?: boolean;
  /** Whether the flag of a boolean takes `true` or `false`, rather than standing alone. */
  readonly takesBoolean?: boolean;
  /** Whether the value must not be printed. */
  readonly isSecret?: boolean;
  /** Whether an empty environment variable is a value, and so an error, rather than absent. */
  readonly readsEmpty?: boolean;
  /** Whether a bad value in the environment, which others may have set for their own ends, is ignored with a warning. */
  readonly ignoresBadEnvironment?: boolean;
  readonly handling?: Handling<NoInfer<T>>;
}

/** One setting: its type, its names and what is done with it. Its value is of type T, or D where it is not given. */
export interface Setting<T, D> {
  readonly group: SettingGroup;
  readonly description: string;
  readonly type: ValueType<T>;
  readonly default: D;
  readonly defaultText: string | undefined;
  readonly flags: readonly string[] | false;
  readonly environment: readonly string[] | false | undefined;
  readonly isRepeatable: boolean;
  readonly takesBoolean: boolean;
  readonly isSecret: boolean;
  readonly readsEmpty: boolean;
  readonly ignoresBadEnvironment: boolean;
  readonly handling: Handling<T>;
}

/** Fills in what a definition leaves out. */
export function setting<T>(definition: SettingDefinition<T> & { readonly default: NoInfer<T> }): Setting<T, T>;
export function setting<T>(definition: SettingDefinition<T> & { readonly default?: undefined }): Setting<T, undefined>;
export function setting<T>(definition: SettingDefinition<T> & { readonly default?: T }): Setting<T, T | undefined> {
  return {
    flags: [],
    environment: undefined,
    isRepeatable: false,
    takesBoolean: false,
    isSecret: false,
    readsEmpty: false,
    ignoresBadEnvironment: false,
    handling: { kind: 'honoured' },
    ...definition,
    default: definition.default,
    defaultText: definition.defaultText,
  };
}
