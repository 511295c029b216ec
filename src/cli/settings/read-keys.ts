import { ParlanceError } from '../../errors/errors.ts';
import { readSettingFile } from './read-setting-file.ts';

/** The keys that open the API: the one that is given, and those of the file, one a line.
 * @throws invalid_setting for a file without a key, which would leave the API open */
export function readKeys(key: string | undefined, file: string | undefined): readonly string[] {
  const given = key === undefined ? [] : [key];
  if (file === undefined) return given;
  const lines = readSettingFile('--api-key-file', file).split(/\r?\n/);
  const keys = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  if (keys.length === 0)
    throw new ParlanceError('invalid_setting', `--api-key-file ${file} holds no key: give one a line`, {
      param: '--api-key-file',
    });
  return [...given, ...keys];
}
