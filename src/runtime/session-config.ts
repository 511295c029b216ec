import type { SessionOptions } from './runtime.ts';

/** The log level of environments and sessions. Failures come back as errors: a line of the library's own on standard
 * error, in colours, would break a log of JSON. */
export const fatalOnly = 4;

/** Configuration that every session gets, whatever the caller asks for. */
const fixedConfigEntries = {
  // External data is named by absolute paths: the Hub's cache links out of a model's folder.
  'session.model_external_initializers_file_folder_path': '/',
} as const;

/** The configuration entries of a session: what it gets anyway wins over what the caller asks for. */
export function configEntries(options: SessionOptions): Record<string, string> {
  const { allowSpinning, configEntries: entries = {} } = options;
  const spinning = allowSpinning === undefined ? {} : { 'session.intra_op.allow_spinning': allowSpinning ? '1' : '0' };
  return { ...spinning, ...entries, ...fixedConfigEntries };
}
