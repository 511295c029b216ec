import { createHash } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ParlanceError } from '../errors/errors.ts';
import { type BlobSource, type Digest, TransientError } from './blob-source.ts';
import { type CheckpointListing, isSafePath } from './checkpoint-listing.ts';
import { s3Error } from './s3-errors.ts';
import { formatS3Location, type S3Location } from './s3-location.ts';

interface ListedObject {
  readonly path: string;
  readonly etag: string;
  readonly size: number;
}

/** A client with the SDK's own search for credentials, region and endpoint (AWS_ENDPOINT_URL_S3). */
export function createS3Client(environment: Readonly<Record<string, string | undefined>>): S3Client {
  const { AWS_REGION, AWS_DEFAULT_REGION, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = environment;
  const region = AWS_REGION ?? AWS_DEFAULT_REGION;
  return new S3Client({
    ...(region !== undefined && { region }),
    followRegionRedirects: true,
    // Stores of other makers have no host name a bucket.
    forcePathStyle: (AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL) !== undefined,
  });
}

/** Lists the objects below a prefix, in one attempt. Its commit stands for their names and ETags together.
 * @throws TransientError, invalid_setting, download_failed */
export async function listS3Files(
  client: S3Client,
  location: S3Location,
  idleTimeoutMs: number,
  signal: AbortSignal,
): Promise<CheckpointListing> {
  const objects = await listObjects(client, location, signal);
  if (objects.length === 0)
    throw new ParlanceError(
      'invalid_setting',
      `${formatS3Location(location)} holds no objects: check bucket and prefix`,
      {
        param: 'model-id',
      },
    );
  const byPath = new Map(objects.map((object) => [object.path, object]));
  return {
    name: formatS3Location(location),
    commit: stateOf(objects),
    paths: [...byPath.keys()],
    file: (path, signal) => describeObject({ client, location, idleTimeoutMs }, byPath.get(path)!, signal),
  };
}

async function listObjects(client: S3Client, location: S3Location, signal: AbortSignal): Promise<ListedObject[]> {
  const { bucket, prefix } = location;
  const base = prefix === '' ? '' : `${prefix}/`;
  const objects: ListedObject[] = [];
  let token: string | undefined;
  try {
    do {
      const page = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: base, ...(token && { ContinuationToken: token }) }),
        { abortSignal: signal },
      );
      for (const { Key = '', ETag = '', Size = 0 } of page.Contents ?? []) {
        const path = Key.slice(base.length);
        if (isSafePath(path)) objects.push({ path, etag: ETag, size: Size });
      }
      token = page.NextContinuationToken;
    } while (token !== undefined);
  } catch (error) {
    throw s3Error(error, location);
  }
  return objects;
}

function stateOf(objects: readonly ListedObject[]): string {
  const lines = objects.map(({ path, etag, size }) => JSON.stringify([path, etag, size])).sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 40);
}

interface Bucket {
  readonly client: S3Client;
  readonly location: S3Location;
  readonly idleTimeoutMs: number;
}

async function describeObject(bucket: Bucket, object: ListedObject, signal: AbortSignal): Promise<BlobSource> {
  const { client, location } = bucket;
  try {
    const head = await client.send(
      new HeadObjectCommand({ Bucket: location.bucket, Key: keyOf(location, object.path), IfMatch: object.etag }),
      { abortSignal: signal },
    );
    return new S3File(bucket, object, digestOf(object.etag, location, head.ServerSideEncryption));
  } catch (error) {
    throw s3Error(error, location);
  }
}

class S3File implements BlobSource {
  readonly path: string;
  readonly blobName: string;
  readonly size: number;
  readonly digest: Digest | undefined;
  readonly servesRanges = true;
  readonly #bucket: Bucket;
  readonly #etag: string;

  constructor(bucket: Bucket, { path, etag, size }: ListedObject, digest: Digest | undefined) {
    this.path = path;
    this.blobName = blobNameOf(etag);
    this.size = size;
    this.digest = digest;
    this.#bucket = bucket;
    this.#etag = etag;
  }

  async *read(start: number, end: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const { client, location, idleTimeoutMs } = this.#bucket;
    const idle = new AbortController();
    const timer = setTimeout(() => idle.abort(), idleTimeoutMs);
    try {
      const { Body } = await client.send(
        new GetObjectCommand({
          Bucket: location.bucket,
          Key: keyOf(location, this.path),
          Range: `bytes=${start}-${end - 1}`,
          IfMatch: this.#etag,
        }),
        { abortSignal: AbortSignal.any([signal, idle.signal]) },
      );
      for await (const chunk of Body as AsyncIterable<Uint8Array>) {
        timer.refresh();
        yield chunk;
      }
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (idle.signal.aborted) throw new TransientError(`${this.path} sent nothing for ${idleTimeoutMs / 1000} s`);
      throw s3Error(error, location);
    } finally {
      clearTimeout(timer);
      idle.abort();
    }
  }
}

const keyOf = ({ prefix }: S3Location, path: string): string => (prefix === '' ? path : `${prefix}/${path}`);

/** The ETag is the content's MD5 where the object was put in one piece, neither encrypted with a key of KMS nor in a
 * directory bucket.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html */
function digestOf(etag: string, { bucket }: S3Location, encryption: string | undefined): Digest | undefined {
  const hex = etag.replaceAll('"', '');
  if (!/^[0-9a-f]{32}$/.test(hex) || bucket.endsWith('--x-s3') || encryption?.startsWith('aws:')) return undefined;
  return { algorithm: 'md5', hex };
}

function blobNameOf(etag: string): string {
  const name = etag.replaceAll('"', '');
  return /^[\w-]+$/.test(name) ? name : createHash('sha256').update(etag).digest('hex');
}
