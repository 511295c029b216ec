import type { Setting } from './setting.ts';
import { batchingSettings } from './settings/batching.ts';
import { compatibilitySettings } from './settings/compatibility.ts';
import { computeSettings } from './settings/compute.ts';
import { limitSettings } from './settings/limits.ts';
import { loggingSettings } from './settings/logging.ts';
import { modelSettings } from './settings/model.ts';
import { securitySettings } from './settings/security.ts';
import { serverSettings } from './settings/server.ts';
import { boolean } from './value-types.ts';

/** Every setting, declared once: flags, environment variables, `--help` and the reference page derive from it. */
const settingTable = {
  ...modelSettings,
  ...limitSettings,
  ...batchingSettings,
  ...serverSettings,
  ...securitySettings,
  ...loggingSettings,
  ...computeSettings,
  ...compatibilitySettings,
};

type SettingTable = typeof settingTable;
export type SettingName = keyof SettingTable;

/** The value of each setting. */
export type Settings = {
  readonly [Name in SettingName]: SettingTable[Name] extends Setting<infer T, infer D> ? T | D : never;
};

export const settingNames = Object.keys(settingTable) as SettingName[];

/** The setting as one of many, where the type of its value does not matter. */
export function settingOf(name: SettingName): Setting<unknown, unknown> {
  return settingTable[name] as Setting<unknown, unknown>;
}

const inWords = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).split(' ');

/** @returns the flags, the one to advertise first, such as `--max-input-tokens` and `--max-input-length` */
export function flagsOf(name: SettingName): readonly string[] {
  const { flags } = settingOf(name);
  return flags === false ? [] : [`--${inWords(name).join('-')}`, ...flags];
}

/** @returns the environment variables in order of precedence */
export function environmentNamesOf(name: SettingName): readonly string[] {
  const { environment } = settingOf(name);
  return environment === false ? [] : (environment ?? [inWords(name).join('_').toUpperCase()]);
}

/** Whether the flag stands alone, as `--json-output` does. */
export function isSwitch(name: SettingName): boolean {
  const { type, takesBoolean } = settingOf(name);
  return type === boolean && !takesBoolean;
}
