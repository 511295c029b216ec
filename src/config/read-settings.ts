import { ParlanceError } from '../errors/errors.ts';
import { checkCombinations } from './check-combinations.ts';
import type { Setting } from './setting.ts';
import { environmentNamesOf, flagsOf, type SettingName, type Settings, settingNames, settingOf } from './settings.ts';
import { type Source, type Sources, spelled } from './source.ts';

/** A flag of the command line with its value; a switch has `true`. */
export interface GivenFlag {
  readonly flag: string;
  readonly value: string;
}

/** A line for the log of the start. */
interface SettingNote {
  readonly level: 'info' | 'warn';
  readonly message: string;
}

export interface ReadSettings {
  readonly settings: Settings;
  readonly sources: Sources;
  readonly notes: readonly SettingNote[];
}

/** Reads all settings: a flag goes before an environment variable, and that before the default.
 * @throws invalid_setting for the first bad value, bad combination or refused setting, named as it was given */
export function readSettings(flags: readonly GivenFlag[], environment: NodeJS.ProcessEnv): ReadSettings {
  const notes: SettingNote[] = [];
  const sources = new Map<SettingName, Source>();
  const values: Partial<Record<SettingName, unknown>> = {};
  for (const name of settingNames) {
    const source = sourceOf(name, flags, environment);
    const value = source && parse(name, source, notes);
    values[name] = value ?? settingOf(name).default;
    if (source && value !== undefined) sources.set(name, source);
  }
  const settings = values as Settings;
  checkCombinations(settings, sources);
  return { settings, sources, notes: [...notes, ...handle(settings, sources)] };
}

function sourceOf(name: SettingName, flags: readonly GivenFlag[], environment: NodeJS.ProcessEnv): Source | undefined {
  const { isRepeatable, readsEmpty } = settingOf(name);
  const given = flags.filter(({ flag }) => flagsOf(name).includes(flag));
  const last = given.at(-1);
  if (last) {
    if (!isRepeatable) refuseContradiction(given.map(({ flag, value }) => ({ kind: 'flag', name: flag, text: value })));
    const text = isRepeatable ? given.map(({ value }) => value).join(',') : last.value;
    return { kind: 'flag', name: last.flag, text };
  }
  const set = environmentNamesOf(name)
    .map((variable): Source => ({ kind: 'environment', name: variable, text: environment[variable] ?? '' }))
    .filter((source) => source.text !== '' || (readsEmpty && environment[source.name] === ''));
  if (name === 'maxInputTokens') refuseContradiction(set);
  return set[0];
}

/** Two names of one setting that say different things: TGI refuses this for the input length. */
function refuseContradiction(sources: readonly Source[]): void {
  const [first, ...others] = sources;
  const other = others.find(({ name, text }) => name !== first?.name && text !== first?.text);
  if (!first || !other) return;
  throw new ParlanceError(
    'invalid_setting',
    `${spelled(first)} and ${spelled(other)} are two names of one setting: give only ${first.name}`,
    { param: other.name },
  );
}

function parse(name: SettingName, source: Source, notes: SettingNote[]): unknown {
  const { type, ignoresBadEnvironment, default: fallback } = settingOf(name);
  const parsed = type.safeParse(source.text);
  if (parsed.success) return parsed.data;
  // Secrets are any text: what is refused of them is the empty one.
  const problem = `${spelled(source)} is not ${type.description}`;
  if (source.kind === 'environment' && ignoresBadEnvironment) {
    notes.push({ level: 'warn', message: `${problem}: ignored, ${fallback} is used` });
    return undefined;
  }
  throw new ParlanceError('invalid_setting', problem, { param: source.name });
}

function refusalOf(handling: Setting<unknown, unknown>['handling'], value: unknown): string | undefined {
  if (handling.kind === 'mapped') return handling.refusal?.(value);
  return handling.kind === 'refused' && !handling.isNeutral?.(value) ? handling.reason : undefined;
}

function handle(settings: Settings, sources: Sources): SettingNote[] {
  const notes: SettingNote[] = [];
  for (const [name, source] of sources) {
    const { handling, isSecret } = settingOf(name);
    const shown = isSecret ? source.name : spelled(source);
    const refusal = refusalOf(handling, settings[name]);
    if (refusal !== undefined)
      throw new ParlanceError('invalid_setting', `${shown} is refused: ${refusal}`, { param: source.name });
    if (handling.kind !== 'mapped') continue;
    const toWhat = handling.toWhat(settings[name], settings);
    if (toWhat) notes.push({ level: handling.warns ? 'warn' : 'info', message: `${shown}: ${toWhat}` });
  }
  return notes;
}
