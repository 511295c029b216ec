import { readFileSync } from 'node:fs';
import { ParlanceError } from '../../errors/errors.ts';

/** Reads a file that a setting names. @throws invalid_setting naming the setting and the file */
export function readSettingFile(setting: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ParlanceError('invalid_setting', `${setting} ${path} can't be read: ${reason}`, {
      param: setting,
      cause,
    });
  }
}
