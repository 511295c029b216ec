import { ParlanceError } from '../errors/errors.ts';
import { type BlobSource, type Digest, TransientError } from './blob-source.ts';
import { describeUrl, drain, type HttpResponse, sendRequest } from './http-request.ts';
import { hubError } from './hub-errors.ts';
import type { HubModel } from './hub-model.ts';
import { sendHubRequest } from './hub-request.ts';
import type { HubSettings } from './hub-settings.ts';

/** What a file holds, in the words of the Hub. */
export interface HubContent {
  /** sha256 of a file in large-file storage, the git blob's sha1 of any other. */
  readonly etag: string;
  readonly size: number;
}

/** A file of one commit on the Hub. It remembers where large files are redirected to, which spares the Hub a request
 * a range, and asks anew once the signature of that address has run out. */
export class HubFile implements BlobSource {
  readonly path: string;
  readonly blobName: string;
  readonly size: number;
  readonly digest: Digest | undefined;
  servesRanges = false;
  readonly #model: HubModel;
  readonly #settings: HubSettings;
  #location: URL | undefined;

  constructor(path: string, { etag, size }: HubContent, pinned: HubModel, settings: HubSettings) {
    this.path = path;
    this.blobName = checkedBlobName(etag, path);
    this.size = size;
    this.digest = digestOf(etag);
    this.#model = pinned;
    this.#settings = settings;
  }

  async *read(start: number, end: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const response = await this.#request(start, end, signal);
    this.servesRanges = response.status === 206;
    const skipped = this.#skipped(response, start);
    let position = start - skipped;
    for await (const chunk of response.body()) {
      const from = Math.max(0, start - position);
      const to = Math.min(chunk.length, end - position);
      if (to > from) yield chunk.subarray(from, to);
      position += chunk.length;
      if (position >= end) return;
    }
  }

  async #request(start: number, end: number, signal: AbortSignal): Promise<HttpResponse> {
    const { endpoint, token, idleTimeoutMs, proxies } = this.#settings;
    const home = new URL(endpoint).origin;
    const remembered = this.#location;
    const response = await sendRequest(remembered ?? resolveUrl(this.path, this.#model, this.#settings), {
      headers: { range: `bytes=${start}-${end - 1}` },
      credential: { origin: home, token },
      proxies,
      idleTimeoutMs,
      signal,
    });
    if (response.status === 200 || response.status === 206) {
      if (response.url.origin !== home) this.#location = response.url;
      return response;
    }
    await drain(response);
    this.#location = undefined;
    if (response.url.origin === home) throw hubError(response, this.#model, this.#settings);
    throw new TransientError(`${describeUrl(response.url)} answered ${response.status}`);
  }

  /** @returns how many bytes before `start` come first: all, where the server sends the whole file */
  #skipped(response: HttpResponse, start: number): number {
    const { headers, status, url } = response;
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
    const first = status === 206 ? Number(range?.[1]) : 0;
    const total = status === 206 ? range?.[2] : (headers.get('content-length') ?? '*');
    if (first !== (status === 206 ? start : 0) || (total !== '*' && Number(total) !== this.size))
      throw new TransientError(
        `${describeUrl(url)} answered with ${headers.get('content-range') ?? `${total} bytes`}, but the file has ${this.size}`,
      );
    return start - first;
  }
}

/** Asks for a file's content, where the listing doesn't say it. @throws TransientError, ParlanceError */
export async function requestContent(
  path: string,
  model: HubModel,
  settings: HubSettings,
  signal: AbortSignal,
): Promise<HubContent> {
  const url = resolveUrl(path, model, settings);
  // The headers that count are the Hub's own, not those of the storage that it redirects to.
  const response = await sendHubRequest(url, model, settings, { method: 'HEAD', staysAtHome: true, signal });
  await drain(response);
  const header = (...names: string[]) =>
    names.map((name) => response.headers.get(name)).find((value) => value !== null);
  const etag = header('x-linked-etag', 'etag')?.replace(/^W\//, '').replaceAll('"', '');
  const size = Number(header('x-linked-size', 'content-length') ?? Number.NaN);
  if (etag === undefined || !Number.isSafeInteger(size))
    throw new ParlanceError(
      'download_failed',
      `${describeUrl(url)} comes without ETag or size, as the Hub would send it: check HF_ENDPOINT`,
    );
  return { etag, size };
}

function resolveUrl(path: string, { id, revision }: HubModel, { endpoint }: HubSettings): URL {
  const escaped = path.split('/').map(encodeURIComponent).join('/');
  return new URL(`${endpoint}/${id}/resolve/${encodeURIComponent(revision)}/${escaped}`);
}

/** The name becomes a file's in the cache, and so may not lead out of it. */
function checkedBlobName(etag: string, path: string): string {
  if (/^[\w-][\w.-]*$/.test(etag)) return etag;
  throw new ParlanceError('download_failed', `${path} has the ETag ${etag}: expected letters and digits`);
}

function digestOf(etag: string): Digest | undefined {
  if (/^[0-9a-f]{64}$/.test(etag)) return { algorithm: 'sha256', hex: etag };
  return /^[0-9a-f]{40}$/.test(etag) ? { algorithm: 'git', hex: etag } : undefined;
}
