import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { AwsError } from '../aws-errors.ts';

/** A folder that stands in for S3: s3://bucket/key is the file bucket/key in it. */
export class LocalS3 {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = resolve(folder);
  }

  /** @throws ValidationError where there is no such object */
  async read(uri: string): Promise<Buffer> {
    try {
      return await readFile(this.#pathOf(uri));
    } catch (error) {
      if (error instanceof AwsError) throw error;
      throw new AwsError(
        'ValidationError',
        `There is no object ${uri}: ${join(this.#folder, uri.slice(5))} can't be read.`,
      );
    }
  }

  async write(uri: string, content: string | Uint8Array): Promise<void> {
    const path = this.#pathOf(uri);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }

  /** The local folder of a prefix, where there is one. @throws ValidationError for what is no S3 address */
  folderOf(uri: string): string | undefined {
    const path = this.#pathOf(uri);
    return existsSync(path) ? path : undefined;
  }

  #pathOf(uri: string): string {
    const path = /^s3:\/\/[a-z0-9][a-z0-9.-]+\/.+/.test(uri) ? join(this.#folder, uri.slice('s3://'.length)) : '';
    // An address must not lead out of the folder.
    if (path.startsWith(`${this.#folder}${sep}`)) return path;
    throw new AwsError('ValidationError', `Invalid S3 address '${uri}': it must be s3://BUCKET/KEY`);
  }
}
