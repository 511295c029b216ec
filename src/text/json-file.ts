import { readFile } from 'node:fs/promises';
import { ParlanceError } from '../errors/errors.ts';

/** A JSON object of a checkpoint; undefined where the file is missing.
 * @throws invalid_checkpoint, naming the file, where it can't be read or is no JSON object */
export async function readJsonObject(path: string): Promise<Record<string, unknown> | undefined> {
  const text = await readTextFile(path);
  if (text === undefined) return undefined;
  return parseJsonObject(text, path);
}

/** @throws invalid_checkpoint, naming the file, where the text is no JSON object */
export function parseJsonObject(text: string, path: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ParlanceError('invalid_checkpoint', `${path} is not JSON: ${describe(error)}`, { cause: error });
  }
  if (!isObject(value)) throw new ParlanceError('invalid_checkpoint', `${path} must hold a JSON object`);
  return value;
}

/** A text of a checkpoint; undefined where the file is missing.
 * @throws invalid_checkpoint, naming the file, where it can't be read */
export async function readTextFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isObject(error) && error.code === 'ENOENT') return undefined;
    throw new ParlanceError('invalid_checkpoint', `${path} can't be read: ${describe(error)}`, { cause: error });
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
