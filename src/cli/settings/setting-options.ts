import { type Command, Option } from 'commander';
import type { GivenFlag } from '../../config/read-settings.ts';
import { type SettingGroup, settingGroups } from '../../config/setting.ts';
import {
  environmentNamesOf,
  flagsOf,
  isSwitch,
  type SettingName,
  settingNames,
  settingOf,
} from '../../config/settings.ts';

/** Declares the flags of the settings in these groups on a command; help is grouped as the settings are.
 * Refused settings are taken, so that they can be refused by name, but left out of the help.
 * @returns the flags that the command line gave, filled in as commander parses it */
export function addSettingOptions(command: Command, groups: readonly SettingGroup[]): readonly GivenFlag[] {
  const given: GivenFlag[] = [];
  const names = settingNames.filter((name) => groups.includes(settingOf(name).group) && flagsOf(name).length > 0);
  for (const name of names) {
    for (const option of optionsOf(name)) {
      command.addOption(option);
      command.on(`option:${option.name()}`, (value?: string) =>
        given.push({ flag: option.long!, value: value ?? 'true' }),
      );
    }
  }
  return given;
}

/** The option of a setting, and a hidden one for each older name. */
function optionsOf(name: SettingName): Option[] {
  const { group, handling } = settingOf(name);
  const [flag, ...others] = flagsOf(name);
  const short = others.find((other) => !other.startsWith('--'));
  const argument = isSwitch(name) ? '' : ` <${argumentName(name)}>`;
  const option = new Option(`${short ? `${short}, ` : ''}${flag}${argument}`, describe(name));
  option.helpGroup(`${settingGroups[group]}:`);
  if (handling.kind === 'refused') option.hideHelp();
  const aliases = others.filter((other) => other.startsWith('--'));
  return [option, ...aliases.map((alias) => new Option(`${alias}${argument}`).hideHelp())];
}

function argumentName(name: SettingName): string {
  const description = settingOf(name).type.description ?? '';
  if (description.startsWith('an integer')) return 'integer';
  if (description.startsWith('a number')) return 'number';
  if (description.startsWith('true or false')) return 'boolean';
  if (/(File|file|Certs|Folder|Cache|Override|Path)$/.test(name)) return 'path';
  return 'value';
}

function describe(name: SettingName): string {
  const { description, isRepeatable } = settingOf(name);
  const parts = [
    isRepeatable ? 'may be given several times' : undefined,
    defaultOf(name) && `default: ${defaultOf(name)}`,
    environmentNamesOf(name).length > 0 ? `env: ${environmentNamesOf(name).join(', ')}` : undefined,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? `${description} (${parts.join('; ')})` : description;
}

/** @returns a setting's default in words; undefined for none, and for a switch */
export function defaultOf(name: SettingName): string | undefined {
  const { default: value, defaultText } = settingOf(name);
  if (defaultText !== undefined) return defaultText;
  return value === undefined || typeof value === 'boolean' ? undefined : String(value);
}
