import { createHash, type Hash } from 'node:crypto';

/** What a file's content must hash to. `git` is the id of a git blob: sha1 over a header and the content. */
export interface Digest {
  readonly algorithm: 'sha256' | 'git' | 'md5';
  readonly hex: string;
}

/** A file of a checkpoint where it comes from. */
export interface BlobSource {
  /** Within the checkpoint, with `/` between its parts. */
  readonly path: string;
  /** Its name in the cache, which stands for its content. */
  readonly blobName: string;
  readonly size: number;
  /** Undefined where the source doesn't say: then the size alone is checked. */
  readonly digest: Digest | undefined;
  /** Whether the source has parts of the file; known after the first read. */
  readonly servesRanges: boolean;
  /** Reads bytes [start, end), in one attempt.
   * @throws TransientError where another attempt may succeed; ParlanceError where none will */
  read(start: number, end: number, signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** A failure that may pass: a cut connection, an overloaded server. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
  /** How long the server asks to be left alone. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: { retryAfterMs?: number | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** @param size of the whole content, which git hashes in front of it */
export function createDigest(algorithm: Digest['algorithm'], size: number): Hash {
  if (algorithm === 'git') return createHash('sha1').update(`blob ${size}\0`);
  return createHash(algorithm);
}
