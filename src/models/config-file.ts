import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { ParlanceError } from '../errors/errors.ts';

/** A JSON file of a model folder, read once and parsed by the schema of whoever knows its keys. */
export interface ConfigFile {
  readonly file: string;
  /** @throws unsupported_model for a value that is understood but not served, invalid_checkpoint for any other */
  parse<T>(schema: z.ZodType<T>): T;
}

/** @throws invalid_checkpoint where the file is missing or no JSON object */
export async function readConfigFile(folder: string, name: string): Promise<ConfigFile> {
  const file = path.join(folder, name);
  if (!existsSync(file)) throw new ParlanceError('invalid_checkpoint', `${folder} has no ${name}`);
  return configFile(file, parseObject(await readFile(file, 'utf8'), file));
}

/** @param values what the file holds */
export function configFile(file: string, values: Readonly<Record<string, unknown>>): ConfigFile {
  return {
    file,
    parse(schema) {
      const result = schema.safeParse(values);
      if (result.success) return result.data;
      throw configError(file, values, result.error);
    },
  };
}

function parseObject(text: string, file: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch (cause) {
    throw new ParlanceError('invalid_checkpoint', `${file} is no JSON object: ${String(cause)}`, { cause });
  }
}

function configError(file: string, values: unknown, { issues }: z.ZodError): ParlanceError {
  // Values outside a list are understood, whatever is of the wrong type is not.
  const isUnserved = issues.every((issue) => issue.code === 'invalid_value' || 'discriminator' in issue);
  const complaints = issues.map(({ path: keys, message }) => {
    const value = keys.reduce((object: unknown, key) => member(object, key), values);
    return `${keys.join('.')} is ${JSON.stringify(value) ?? 'missing'}: ${message}`;
  });
  return new ParlanceError(
    isUnserved ? 'unsupported_model' : 'invalid_checkpoint',
    `${file}: ${complaints.join('; ')}`,
  );
}

function member(object: unknown, key: PropertyKey): unknown {
  return typeof object === 'object' && object !== null ? Reflect.get(object, key) : undefined;
}
