import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { ParlanceError } from '../errors/errors.ts';
import { type Proxies, readProxies } from './proxies.ts';

/** Where models come from and where they are kept: what huggingface_hub reads from the environment. */
export interface HubSettings {
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly token: string | undefined;
  /** Folder of Hugging Face's libraries. */
  readonly home: string;
  /** Folder of the Hub cache. */
  readonly cacheFolder: string;
  /** Why nothing may be downloaded, such as `HF_HUB_OFFLINE is set`; undefined where it may. */
  readonly offlineReason: string | undefined;
  /** How long a connection may stay silent. */
  readonly idleTimeoutMs: number;
  readonly proxies: Proxies;
}

type Environment = Readonly<Record<string, string | undefined>>;

const defaultEndpoint = 'https://huggingface.co';
const defaultIdleTimeoutMs = 30_000;

/** Reads HF_ENDPOINT, HF_TOKEN (or the token file of HF_HOME), HF_HOME, HF_HUB_CACHE, HF_HUB_OFFLINE,
 * HF_HUB_DOWNLOAD_TIMEOUT and the proxies, with the other names and defaults that huggingface_hub has for them.
 * @see https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables
 * @throws invalid_setting */
export function readHubSettings(environment: Environment): HubSettings {
  const get = (...names: string[]) => names.map((name) => environment[name]?.trim()).find(Boolean);
  const user = environment.HOME ?? homedir();
  const folder = (path: string) => resolve(path.replace(/^~(?=\/|$)/, user));
  const home = folder(get('HF_HOME') ?? join(get('XDG_CACHE_HOME') ?? join(user, '.cache'), 'huggingface'));
  return {
    endpoint: parseEndpoint(get('HF_ENDPOINT') ?? defaultEndpoint),
    token:
      get('HF_TOKEN', 'HUGGING_FACE_HUB_TOKEN', 'HF_API_TOKEN') ??
      readToken(folder(get('HF_TOKEN_PATH') ?? join(home, 'token'))),
    home,
    cacheFolder: folder(get('HF_HUB_CACHE', 'HUGGINGFACE_HUB_CACHE') ?? join(home, 'hub')),
    offlineReason: ['HF_HUB_OFFLINE', 'TRANSFORMERS_OFFLINE']
      .filter((name) => /^(1|on|yes|true)$/i.test(get(name) ?? ''))
      .map((name) => `${name} is set`)[0],
    idleTimeoutMs: parseTimeout(get('HF_HUB_DOWNLOAD_TIMEOUT')),
    proxies: readProxies(environment),
  };
}

function parseEndpoint(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new ParlanceError('invalid_setting', `HF_ENDPOINT is ${text}: expected a URL such as ${defaultEndpoint}`, {
      param: 'HF_ENDPOINT',
    });
  return text.replace(/\/+$/, '');
}

function parseTimeout(text: string | undefined): number {
  if (text === undefined) return defaultIdleTimeoutMs;
  const seconds = Number(text);
  if (!(seconds > 0))
    throw new ParlanceError(
      'invalid_setting',
      `HF_HUB_DOWNLOAD_TIMEOUT is ${text}: expected a number of seconds above 0`,
      { param: 'HF_HUB_DOWNLOAD_TIMEOUT' },
    );
  return seconds * 1000;
}

function readToken(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}
