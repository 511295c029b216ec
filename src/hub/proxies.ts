import { type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { ParlanceError } from '../errors/errors.ts';

/** The proxies that requests to the Hub go through. */
export interface Proxies {
  /** URLs by the scheme of what is asked for; empty for none. */
  readonly http: string;
  readonly https: string;
  /** Hosts that are reached without, separated by commas: a name stands for its subdomains, too; `*` for all. */
  readonly exceptions: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const schemes = ['http:', 'https:', 'socks5:'];

/** Reads HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, in capitals or not, as huggingface_hub and curl do.
 * @throws invalid_setting */
export function readProxies(environment: Environment): Proxies {
  const proxy = (...names: string[]) => {
    const name = names.flatMap((one) => [one.toLowerCase(), one]).find((one) => environment[one]?.trim());
    return name === undefined ? '' : parseProxy(name, environment[name]!.trim());
  };
  return {
    http: proxy('HTTP_PROXY', 'ALL_PROXY'),
    https: proxy('HTTPS_PROXY', 'ALL_PROXY'),
    exceptions: environment.no_proxy ?? environment.NO_PROXY ?? '',
  };
}

/** The value may hold a password, and stays out of the message. */
function parseProxy(name: string, text: string): string {
  const url = text.includes('://') ? text : `http://${text}`;
  if (URL.canParse(url) && schemes.includes(new URL(url).protocol)) return url;
  throw new ParlanceError(
    'invalid_setting',
    `${name} is no address of a proxy: expected a URL such as http://user:password@proxy.example:3128`,
    { param: name },
  );
}

const dispatchers = new Map<string, Dispatcher>();

/** Requests through the same proxies share their connections. */
export function dispatcherFor({ http, https, exceptions }: Proxies): Dispatcher {
  const key = JSON.stringify([http, https, exceptions]);
  const dispatcher =
    dispatchers.get(key) ?? new EnvHttpProxyAgent({ httpProxy: http, httpsProxy: https, noProxy: exceptions });
  dispatchers.set(key, dispatcher);
  return dispatcher;
}
