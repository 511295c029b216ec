import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { settingGroups } from '../../src/config/setting.ts';
import { environmentNamesOf, flagsOf, isSwitch, settingNames, settingOf } from '../../src/config/settings.ts';
import { LAUNCHER_VARIABLES, SAGEMAKER_VARIABLES, VARIABLES_WITHOUT_FLAG } from './launcher-names.ts';

const namesByVariable = new Map(
  settingNames.flatMap((name) => environmentNamesOf(name).map((variable) => [variable, name] as const)),
);
const namesByFlag = new Map(settingNames.flatMap((name) => flagsOf(name).map((flag) => [flag, name] as const)));

describe('the table of settings', () => {
  it.each(LAUNCHER_VARIABLES)('honours, maps or refuses the variable %s', (variable) => {
    expect(namesByVariable.get(variable)).toBeTruthy();
  });

  it.each(LAUNCHER_VARIABLES.filter((variable) => !VARIABLES_WITHOUT_FLAG.includes(variable)))(
    'has a flag that is spelled as %s is',
    (variable) => {
      const flag = `--${variable.toLowerCase().replaceAll('_', '-')}`;
      expect(namesByFlag.get(flag)).toBe(namesByVariable.get(variable));
    },
  );

  it.each(Object.entries(SAGEMAKER_VARIABLES))('takes %s for %s', (variable, launcherVariable) => {
    expect(namesByVariable.get(variable)).toBe(namesByVariable.get(launcherVariable));
  });

  it('calls no setting honoured that the command line does not read', () => {
    const folder = resolve(import.meta.dirname, '../../src/cli');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const sources = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
    const honoured = settingNames.filter((name) => settingOf(name).handling.kind === 'honoured');
    expect(honoured.filter((name) => !new RegExp(`\\b${name}\\b`).test(sources))).toEqual([]);
  });

  it('gives no name to two settings', () => {
    const names = settingNames.flatMap((name) => [...flagsOf(name), ...environmentNamesOf(name)]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('says of each setting what it is, what it may be, and, where it is refused, why', () => {
    for (const name of settingNames) {
      const { description, type, handling, group } = settingOf(name);
      expect(settingGroups).toHaveProperty(group);
      expect(description).toMatch(/\.$/);
      expect(type.description).toMatch(/\w/);
      if (handling.kind === 'refused') expect(handling.reason).toMatch(/\w/);
    }
  });

  it("has text-generation-launcher's defaults", () => {
    const defaults = Object.fromEntries(settingNames.map((name) => [name, settingOf(name).default]));
    expect(defaults).toMatchObject({
      validationWorkers: 2,
      maxConcurrentRequests: 128,
      maxClientBatchSize: 4,
      maxBestOf: 2,
      maxStopSequences: 4,
      maxTopNTokens: 5,
      maxWaitingTokens: 20,
      hostname: '0.0.0.0',
      port: 3000,
      payloadLimit: 2_000_000,
      gracefulTerminationTimeout: 90,
      watermarkGamma: 0.5,
      watermarkDelta: 2,
    });
  });

  it('has defaults that could be given as they are', () => {
    for (const name of settingNames) {
      const { default: value, type } = settingOf(name);
      if (value !== undefined) expect(type.parse(String(value))).toEqual(value);
    }
  });

  it('has switches that stand alone, but --sharded, which takes true or false', () => {
    expect(isSwitch('jsonOutput')).toBe(true);
    expect(isSwitch('sslRequireClientCert')).toBe(true);
    expect(isSwitch('sharded')).toBe(false);
    expect(isSwitch('port')).toBe(false);
  });
});
