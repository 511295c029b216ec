import { defaultOf } from '../../src/cli/settings/setting-options.ts';
import { settingGroups } from '../../src/config/setting.ts';
import { environmentNamesOf, flagsOf, type SettingName, settingNames, settingOf } from '../../src/config/settings.ts';
import { code, page, table } from './markdown.ts';

/** The reference of all settings, by group. */
export function settingsPage(): string {
  const groups = Object.entries(settingGroups).map(([group, title]) => {
    const rows = settingNames.filter((name) => settingOf(name).group === group).map(row);
    return `## ${title}\n${table(['flag', 'variable', 'what it is', 'value', 'default'], rows)}`;
  });
  return page(
    'Settings',
    'A flag goes before an environment variable, and that before the default. Where a setting has several variables, ' +
      'the first that is set holds. An empty variable is one that is not set (an empty `API_KEY` is an error). ' +
      'A bad value or a contradiction ends the start with one line that names it. Unknown flags are errors; unknown variables are ignored.',
    'Settings of text-generation-launcher that have another effect here are marked *mapped*: the log of the start says to what. ' +
      'Those marked *refused* end the start, with the reason, unless their value asks for nothing.',
    ...groups,
  );
}

function row(name: SettingName): string[] {
  const { description, type, handling, isRepeatable } = settingOf(name);
  const remark = {
    honoured: '',
    mapped: ' *Mapped.*',
    refused: handling.kind === 'refused' ? ` *Refused:* ${handling.reason}.` : '',
  }[handling.kind];
  return [
    flagsOf(name).map(code).join(', '),
    environmentNamesOf(name).map(code).join(', '),
    `${description}${isRepeatable ? ' May be given several times.' : ''}${remark}`,
    type.description ?? '',
    defaultOf(name) ?? '',
  ];
}
