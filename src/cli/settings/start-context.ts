import { type GivenFlag, readSettings } from '../../config/read-settings.ts';
import type { Settings } from '../../config/settings.ts';
import type { Sources } from '../../config/source.ts';
import { createLog, type Log } from '../../observability/log.ts';

/** What a command runs with. */
export interface StartContext {
  readonly settings: Settings;
  readonly sources: Sources;
  readonly log: Log;
}

/** Reads the settings, opens the log, and logs what the settings made a note of.
 * @param output where log lines go; a command that prints text keeps its standard output free of them
 * @throws invalid_setting */
export function startContext(given: readonly GivenFlag[], output: NodeJS.WriteStream): StartContext {
  const { settings, sources, notes } = readSettings(given, process.env);
  const log = createLog({
    level: output === process.stderr && !sources.has('logLevel') ? 'warn' : settings.logLevel,
    json: isJson(settings),
    colour: output.isTTY === true && process.env.NO_COLOR === undefined,
    write: (line) => output.write(line),
  });
  for (const { level, message } of notes) log[level](message);
  return { settings, sources, log };
}

/** Whether the log is for programs: nothing but JSON lines is printed then. */
export function isJson({ jsonOutput, logFormat }: Settings): boolean {
  return jsonOutput || logFormat === 'json';
}
