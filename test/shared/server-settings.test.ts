import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { addSettingOptions } from '../../src/cli/settings/setting-options.ts';
import { readSettings } from '../../src/config/read-settings.ts';
import { type SettingGroup, settingGroups } from '../../src/config/setting.ts';
import { environmentNamesOf, settingNames } from '../../src/config/settings.ts';
import { sharedFolder } from '../support/shared.ts';

interface RecordedServer {
  readonly flags?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const file = join(sharedFolder(), 'conformance/servers.json');
const servers = Object.entries<RecordedServer>(JSON.parse(readFileSync(file, 'utf8'))).filter(([, { flags }]) => flags);

describe('the flags and variables that the recorded servers were started with', () => {
  it.each(servers)('are taken as they are: %s', (_, { flags = '', env = {} }) => {
    const command = new Command('serve').exitOverride();
    const given = addSettingOptions(command, Object.keys(settingGroups) as SettingGroup[]);
    command.parse(['node', 'serve', ...flags.split(' ')]);
    const variables = { ...env, ...('AIP_HTTP_PORT' in env && { AIP_HTTP_PORT: '8080' }) };
    const { notes, sources } = readSettings(given, variables);
    expect(notes).toEqual([]);
    const known = settingNames.flatMap(environmentNamesOf);
    expect(Object.keys(env).filter((variable) => !known.includes(variable))).toEqual([]);
    const numFlags = new Set(flags.match(/--\S+/g)).size;
    expect(sources.size).toBe(numFlags + Object.keys(env).length);
  });
});
