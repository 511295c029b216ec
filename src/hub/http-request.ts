import { fetch, type Response } from 'undici';
import { ParlanceError } from '../errors/errors.ts';
import { TransientError } from './blob-source.ts';
import { dispatcherFor, type Proxies } from './proxies.ts';
import { retryAfterMs } from './retry.ts';

/** A token, and the origin that alone may see it: redirects to another host must not. */
interface Credential {
  readonly origin: string;
  readonly token: string | undefined;
}

export interface HttpRequest {
  readonly method?: 'GET' | 'HEAD';
  readonly headers: Readonly<Record<string, string>>;
  readonly credential: Credential;
  readonly proxies: Proxies;
  readonly idleTimeoutMs: number;
  /** Whether a redirect to another host is the response, rather than followed. @default false */
  readonly staysAtHome?: boolean;
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  /** Where the redirects led. */
  readonly url: URL;
  readonly status: number;
  readonly headers: Pick<Headers, 'get'>;
  /** @throws TransientError where the connection is cut or stays silent */
  body(): AsyncIterable<Uint8Array>;
}

const maxRedirects = 10;
const redirects = new Set([301, 302, 303, 307, 308]);
const passing = new Set([408, 425, 429]);
const userAgent = 'parlance';

/** Sends one request and follows its redirects; timeouts count from the last byte, not from the start.
 * @returns a response that is neither a redirect nor a failure that may pass
 * @throws TransientError, download_failed */
export async function sendRequest(url: URL, request: HttpRequest): Promise<HttpResponse> {
  for (let numRedirects = 0; numRedirects <= maxRedirects; numRedirects++) {
    const response = await send(url, request);
    const location = response.headers.get('location');
    if (!redirects.has(response.status) || location === null) return response;
    const next = followed(url, location);
    if (request.staysAtHome && next.origin !== url.origin) return response;
    await drain(response);
    url = next;
  }
  throw new ParlanceError('download_failed', `${describeUrl(url)} redirects more than ${maxRedirects} times`);
}

function followed(url: URL, location: string): URL {
  const next = new URL(location, url);
  if (url.protocol === 'https:' && next.protocol !== 'https:')
    throw new ParlanceError('download_failed', `${describeUrl(url)} redirects to ${next.origin}, without encryption`);
  return next;
}

async function send(url: URL, request: HttpRequest): Promise<HttpResponse> {
  const { origin, token } = request.credential;
  const idle = new AbortController();
  const timer = setTimeout(() => idle.abort(), request.idleTimeoutMs);
  const signal = AbortSignal.any([request.signal, idle.signal]);
  const failed = (error: unknown) => {
    clearTimeout(timer);
    return describeFailure(error, url, request, idle.signal.aborted);
  };
  const headers = {
    ...request.headers,
    'user-agent': userAgent,
    'accept-encoding': 'identity',
    ...(token !== undefined && url.origin === origin && { authorization: `Bearer ${token}` }),
  };
  let response: Response;
  try {
    const dispatcher = dispatcherFor(request.proxies);
    response = await fetch(url, { method: request.method ?? 'GET', headers, signal, redirect: 'manual', dispatcher });
  } catch (error) {
    throw failed(error);
  }
  async function* body(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of response.body ?? []) {
        timer.refresh();
        yield chunk;
      }
    } catch (error) {
      throw failed(error);
    } finally {
      clearTimeout(timer);
      // Frees the connection where the reader has left early.
      idle.abort();
    }
  }
  const answer = { url, status: response.status, headers: response.headers, body };
  if (passing.has(answer.status) || answer.status >= 500) {
    await drain(answer);
    throw new TransientError(`${describeUrl(url)} answered ${answer.status}`, {
      retryAfterMs: retryAfterMs(answer.headers, Date.now()),
    });
  }
  return answer;
}

/** Ends a response whose body is of no interest. */
export async function drain(response: HttpResponse): Promise<void> {
  for await (const _ of response.body()) return;
}

export async function readText(response: HttpResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body()) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Without its query, which signs access on storage hosts. */
export const describeUrl = ({ origin, pathname }: URL): string => `${origin}${pathname}`;

function describeFailure(error: unknown, url: URL, { signal, idleTimeoutMs }: HttpRequest, isIdle: boolean): unknown {
  if (signal.aborted) return signal.reason;
  if (isIdle) return new TransientError(`${describeUrl(url)} sent nothing for ${idleTimeoutMs / 1000} s`);
  const { code, reason } = innermost(error);
  if (/CERT|ERR_TLS|ISSUER|SELF_SIGNED|UNABLE_TO/.test(code))
    return new ParlanceError(
      'download_failed',
      `${url.origin} could not prove who it is (${code}): where a company's proxy stands in between, set ` +
        'NODE_EXTRA_CA_CERTS to a file with its certificate',
      { cause: error },
    );
  const refusal = /^Proxy response \((4\d\d)\)/.exec(reason);
  if (refusal !== null)
    return new ParlanceError(
      'download_failed',
      `the proxy on the way to ${url.origin} refuses (${refusal[1]}): HTTPS_PROXY may have to name user and password, ` +
        'http://user:password@host:port, and NO_PROXY the hosts that are reached without it',
      { cause: error },
    );
  return new TransientError(`${describeUrl(url)}: ${reason}`, { cause: error });
}

/** fetch wraps what went wrong, such as in `fetch failed`; a host with several addresses fails once for each. */
function innermost(error: unknown): { code: string; reason: string } {
  if (typeof error !== 'object' || error === null) return { code: '', reason: String(error) };
  if ('cause' in error && error.cause !== undefined) return innermost(error.cause);
  if ('errors' in error && Array.isArray(error.errors)) return innermost(error.errors[0]);
  return {
    code: 'code' in error ? String(error.code) : '',
    reason: 'message' in error ? String(error.message) : String(error),
  };
}
