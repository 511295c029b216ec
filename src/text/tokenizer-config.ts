import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ParlanceError } from '../errors/errors.ts';
import { isObject, readJsonObject, readTextFile } from './json-file.ts';

export interface TokenizerConfig {
  /** The special tokens by the names that templates use (`bos_token`, `additional_special_tokens` …). */
  readonly specialTokens: Readonly<Record<string, string | readonly string[]>>;
  /** Chat templates by name; a lone one is `default`. */
  readonly chatTemplates: ReadonlyMap<string, string>;
}

/** Reads tokenizer_config.json and what lies beside it: special_tokens_map.json, chat_template.jinja (which wins),
 * chat_template.json, additional_chat_templates/*.jinja. A model without any of them has no template and no names.
 * @param path another tokenizer_config.json, in place of the folder's
 * @throws invalid_setting where `path` is missing, invalid_checkpoint, naming the file, where one is broken */
export async function readTokenizerConfig(folder: string, path?: string): Promise<TokenizerConfig> {
  const configPath = path ?? join(folder, 'tokenizer_config.json');
  const config = await readJsonObject(configPath);
  if (config === undefined && path !== undefined) {
    throw new ParlanceError('invalid_setting', `there is no file at ${path}`, { param: 'tokenizer-config-path' });
  }
  const beside = dirname(configPath);
  const map = (await readJsonObject(join(beside, 'special_tokens_map.json'))) ?? {};
  return {
    specialTokens: { ...readSpecialTokens(map), ...readSpecialTokens(config ?? {}) },
    chatTemplates: new Map([...readTemplates(config?.chat_template, configPath), ...(await readTemplateFiles(beside))]),
  };
}

function readSpecialTokens(json: Record<string, unknown>): Record<string, string | readonly string[]> {
  const tokens: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(json)) {
    if (name.endsWith('_token')) {
      const content = tokenContent(value);
      if (content !== undefined) tokens[name] = content;
    } else if (name === 'additional_special_tokens' && Array.isArray(value)) {
      tokens[name] = value.map(tokenContent).filter((content) => content !== undefined);
    }
  }
  return tokens;
}

/** A token is its text, or an AddedToken object. */
function tokenContent(value: unknown): string | undefined {
  const content = isObject(value) ? value.content : value;
  return typeof content === 'string' ? content : undefined;
}

function readTemplates(value: unknown, path: string): Map<string, string> {
  if (value === undefined || value === null) return new Map();
  if (typeof value === 'string') return new Map([['default', value]]);
  const entries = Array.isArray(value) ? value : Object.entries(isObject(value) ? value : {}).map(toEntry);
  if (entries.length === 0) throw notATemplate(path);
  return new Map(
    entries.map((entry) => {
      if (!isObject(entry) || typeof entry.name !== 'string' || typeof entry.template !== 'string')
        throw notATemplate(path);
      return [entry.name, entry.template];
    }),
  );
}

function toEntry([name, template]: [string, unknown]): unknown {
  return { name, template };
}

function notATemplate(path: string): ParlanceError {
  const allowed = 'a string, or a list of objects with `name` and `template`';
  return new ParlanceError('invalid_checkpoint', `\`chat_template\` in ${path} must be ${allowed}`);
}

async function readTemplateFiles(folder: string): Promise<Map<string, string>> {
  const jsonPath = join(folder, 'chat_template.json');
  const json = await readJsonObject(jsonPath);
  const templates = readTemplates(json?.chat_template, jsonPath);
  const lone = await readTextFile(join(folder, 'chat_template.jinja'));
  if (lone !== undefined) templates.set('default', lone);
  const more = join(folder, 'additional_chat_templates');
  const names = await readdir(more).catch(() => []);
  for (const name of names.filter((file) => file.endsWith('.jinja'))) {
    const text = await readTextFile(join(more, name));
    if (text !== undefined) templates.set(basename(name, '.jinja'), text);
  }
  return templates;
}
