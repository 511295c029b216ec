import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Files } from './checkpoint-files.ts';

export interface StandInModel {
  readonly id: string;
  /** Files by commit. */
  readonly commits: Readonly<Record<string, Files>>;
  readonly branches: Readonly<Record<string, string>>;
  /** Only these tokens may read it. */
  readonly tokens?: readonly string[];
  readonly isGated?: boolean;
}

export interface SeenRequest {
  readonly host: 'hub' | 'storage';
  readonly method: string;
  readonly path: string;
  readonly range: string | undefined;
  readonly authorization: string | undefined;
}

/** What goes wrong with the requests that match, for so many `times`. */
export interface Fault {
  readonly host: 'hub' | 'storage';
  readonly path: RegExp;
  readonly times: number;
  readonly effect: FaultEffect;
}

type FaultEffect =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Record<string, string> }
  /** The connection is reset after so many bytes of the body. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** The body ends early, and its Content-Length agrees. */
  | { readonly kind: 'truncate'; readonly afterBytes: number }
  /** Nothing comes after so many bytes, but the connection stays open. */
  | { readonly kind: 'stall'; readonly afterBytes: number }
  | { readonly kind: 'wrong-bytes' }
  | { readonly kind: 'ignore-range' };

/** The Hub's HTTP interface as huggingface_hub meets it: the listing of a revision, `resolve` with the headers that
 * name content and commit, and a second host that stores large files behind signed addresses. */
export class StandInHub {
  readonly requests: SeenRequest[] = [];
  readonly faults: { fault: Fault; numLeft: number }[] = [];
  /** Whether listings have the hashes, as the Hub's have. */
  listsBlobs = true;
  /** What large files are said to weigh, where not what they do. */
  claimedBytes: number | undefined;
  /** Milliseconds between pieces of 16 kB. */
  pieceDelayMs = 0;
  onRequest: (request: SeenRequest) => void = () => {};
  readonly #models = new Map<string, StandInModel>();
  readonly #stored = new Map<string, Buffer>();
  readonly #hub: Server;
  readonly #storage: Server;
  #signature = 1;

  private constructor() {
    this.#hub = createServer((request, response) => void this.#serve('hub', request, response));
    this.#storage = createServer((request, response) => void this.#serve('storage', request, response));
  }

  static async start(...models: StandInModel[]): Promise<StandInHub> {
    const hub = new StandInHub();
    for (const model of models) hub.add(model);
    await Promise.all([
      new Promise<void>((listening) => hub.#hub.listen(0, 'localhost', listening)),
      new Promise<void>((listening) => hub.#storage.listen(0, '127.0.0.1', listening)),
    ]);
    return hub;
  }

  get endpoint(): string {
    return `http://localhost:${(this.#hub.address() as AddressInfo).port}`;
  }

  add(model: StandInModel): void {
    this.#models.set(model.id, model);
    for (const files of Object.values(model.commits))
      for (const [path, content] of Object.entries(files))
        if (isLarge(path)) this.#stored.set(sha256(content), content);
  }

  fail(fault: Fault): void {
    this.faults.push({ fault, numLeft: fault.times });
  }

  /** Signed addresses that were given out so far are refused from now on. */
  expireSignatures(): void {
    this.#signature++;
  }

  /** The requests for contents. */
  downloads(host?: 'hub' | 'storage'): SeenRequest[] {
    return this.requests.filter(
      (request) =>
        request.method === 'GET' && !request.path.startsWith('/api/') && request.host === (host ?? request.host),
    );
  }

  async stop(): Promise<void> {
    for (const server of [this.#hub, this.#storage]) {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    }
  }

  async #serve(host: 'hub' | 'storage', request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    const { range, authorization } = request.headers;
    const seen = { host, method: request.method ?? '', path, range, authorization };
    this.requests.push(seen);
    this.onRequest(seen);
    const effect = this.#takeFault(host, path);
    if (effect?.kind === 'status') return void response.writeHead(effect.status, effect.headers).end();
    if (host === 'storage') return this.#serveStored(path, request, response, effect);
    const api = /^\/api\/models\/(.+)\/revision\/([^/?]+)(\?.*)?$/.exec(path);
    if (api !== null) return this.#serveListing(api[1]!, decodeURIComponent(api[2]!), api[3] ?? '', request, response);
    const tree = /^\/api\/models\/(.+)\/tree\/([^/?]+)/.exec(path);
    if (tree !== null) return this.#serveTree(tree[1]!, decodeURIComponent(tree[2]!), request, response);
    const file = /^\/(.+)\/resolve\/([^/]+)\/([^?]+)$/.exec(path);
    if (file === null) return refuse(response, 404, 'RepoNotFound', 'Repository not found');
    return this.#serveFile(
      { id: file[1]!, revision: decodeURIComponent(file[2]!), path: decodeURIComponent(file[3]!) },
      request,
      response,
      effect,
    );
  }

  #takeFault(host: 'hub' | 'storage', path: string): FaultEffect | undefined {
    const planned = this.faults.find(
      ({ fault, numLeft }) => numLeft > 0 && fault.host === host && fault.path.test(path),
    );
    if (planned === undefined) return undefined;
    planned.numLeft--;
    return planned.fault.effect;
  }

  /** @returns the commit, or undefined after it has answered with a refusal */
  #find(id: string, revision: string, request: IncomingMessage, response: ServerResponse): string | undefined {
    const model = this.#models.get(id);
    const token = request.headers.authorization?.replace('Bearer ', '');
    if (token === 'unknown') {
      refuse(response, 401, undefined, 'Invalid credentials in Authorization header');
      return undefined;
    }
    const mayRead = model?.tokens === undefined || (token !== undefined && model.tokens.includes(token));
    if (model !== undefined && !mayRead && model.isGated) {
      refuse(response, token === undefined ? 401 : 403, 'GatedRepo', `Access to model ${id} is restricted.`);
      return undefined;
    }
    if (model === undefined || !mayRead) {
      refuse(response, token === undefined ? 401 : 404, 'RepoNotFound', 'Repository not found');
      return undefined;
    }
    const commit = model.branches[revision] ?? revision;
    if (model.commits[commit] !== undefined) return commit;
    refuse(response, 404, 'RevisionNotFound', `Invalid rev id: ${revision}`);
    return undefined;
  }

  #serveListing(id: string, revision: string, query: string, request: IncomingMessage, response: ServerResponse): void {
    const commit = this.#find(id, revision, request, response);
    if (commit === undefined) return;
    const hasBlobs = this.listsBlobs && /blobs=/i.test(query);
    const files = Object.entries(this.#models.get(id)!.commits[commit]!);
    const siblings = files.map(([path, content]) => ({
      rfilename: path,
      ...(hasBlobs && { size: content.length, blobId: gitSha1(isLarge(path) ? pointer(content) : content) }),
      ...(hasBlobs &&
        isLarge(path) && {
          lfs: { sha256: sha256(content), size: this.claimedBytes ?? content.length, pointerSize: 130 },
        }),
    }));
    const body = { id, modelId: id, sha: commit, private: false, gated: false, disabled: false, tags: [], siblings };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  /** What huggingface_hub lists files by since version 2. */
  #serveTree(id: string, revision: string, request: IncomingMessage, response: ServerResponse): void {
    const commit = this.#find(id, revision, request, response);
    if (commit === undefined) return;
    const body = Object.entries(this.#models.get(id)!.commits[commit]!).map(([path, content]) => ({
      type: 'file',
      path,
      size: content.length,
      oid: gitSha1(isLarge(path) ? pointer(content) : content),
      ...(isLarge(path) && { lfs: { oid: sha256(content), size: content.length, pointerSize: 130 } }),
    }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  #serveFile(
    { id, revision, path }: { id: string; revision: string; path: string },
    request: IncomingMessage,
    response: ServerResponse,
    effect: FaultEffect | undefined,
  ): Promise<void> | void {
    const commit = this.#find(id, revision, request, response);
    if (commit === undefined) return;
    const content = this.#models.get(id)!.commits[commit]![path];
    if (content === undefined) return refuse(response, 404, 'EntryNotFound', 'Entry not found');
    response.setHeader('x-repo-commit', commit);
    if (!isLarge(path)) return this.#send(content, `"${gitSha1(content)}"`, request, response, effect);
    const { port } = this.#storage.address() as AddressInfo;
    response
      .writeHead(302, {
        location: `http://127.0.0.1:${port}/storage/${sha256(content)}?signature=${this.#signature}`,
        'x-linked-etag': `"${sha256(content)}"`,
        'x-linked-size': content.length,
        etag: '"of-the-redirect"',
      })
      .end();
  }

  #serveStored(
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
    effect: FaultEffect | undefined,
  ): Promise<void> | void {
    const [, name, signature] = /^\/storage\/(\w+)\?signature=(\d+)$/.exec(path) ?? [];
    const content = this.#stored.get(name ?? '');
    if (content === undefined) return void response.writeHead(404).end();
    if (Number(signature) !== this.#signature) return void response.writeHead(403).end('expired');
    return this.#send(content, `"md5-of-storage"`, request, response, effect);
  }

  async #send(
    content: Buffer,
    etag: string,
    request: IncomingMessage,
    response: ServerResponse,
    effect: FaultEffect | undefined,
  ): Promise<void> {
    const range = effect?.kind === 'ignore-range' ? null : /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const start = range === null ? 0 : Number(range[1]);
    if (start >= content.length && start > 0) return void response.writeHead(416).end();
    const end = range?.[2] ? Math.min(Number(range[2]) + 1, content.length) : content.length;
    let body = content.subarray(start, end);
    if (effect?.kind === 'truncate') body = body.subarray(0, effect.afterBytes);
    if (effect?.kind === 'wrong-bytes')
      body = Buffer.from(body)
        .fill(0, 0, 1)
        .fill(255, body.length - 1);
    response.writeHead(range === null ? 200 : 206, {
      etag,
      'accept-ranges': 'bytes',
      'content-length': body.length,
      ...(range !== null && { 'content-range': `bytes ${start}-${end - 1}/${content.length}` }),
    });
    if (request.method === 'HEAD') return void response.end();
    const limit = effect?.kind === 'cut' || effect?.kind === 'stall' ? effect.afterBytes : body.length;
    await this.#write(body.subarray(0, limit), response);
    if (effect?.kind === 'cut') response.destroy();
    else if (effect?.kind !== 'stall') response.end();
  }

  async #write(body: Buffer, response: ServerResponse): Promise<void> {
    const pieceBytes = this.pieceDelayMs > 0 ? 16_384 : 2 ** 20;
    for (let at = 0; at < body.length; at += pieceBytes) {
      if (response.destroyed) return;
      await new Promise<void>((written) => response.write(body.subarray(at, at + pieceBytes), () => written()));
      if (this.pieceDelayMs > 0) await new Promise((passed) => setTimeout(passed, this.pieceDelayMs));
    }
  }
}

/** Whether the Hub keeps a file in its large-file storage. */
export const isLarge = (path: string): boolean => /\.(safetensors|bin|pth|onnx)$/.test(path);

export const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

const gitSha1 = (content: Buffer): string =>
  createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');

export const etagOf = (path: string, content: Buffer): string => (isLarge(path) ? sha256 : gitSha1)(content);

const pointer = (content: Buffer) =>
  Buffer.from(`version https://git-lfs.github.com/spec/v1\noid sha256:${sha256(content)}\nsize ${content.length}\n`);

function refuse(response: ServerResponse, status: number, code: string | undefined, message: string): void {
  response
    .writeHead(status, { ...(code !== undefined && { 'x-error-code': code }), 'x-error-message': message })
    .end(JSON.stringify({ error: message }));
}
