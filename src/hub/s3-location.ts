import { ParlanceError } from '../errors/errors.ts';

/** Where a checkpoint lies in S3. */
export interface S3Location {
  readonly bucket: string;
  /** Without slashes at either end; empty for the bucket's root. */
  readonly prefix: string;
}

/** @param url such as `s3://bucket/models/llama` @throws invalid_setting */
export function parseS3Location(url: string): S3Location {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(url);
  if (match === null)
    throw new ParlanceError('invalid_setting', `${url} is no place in S3: expected s3://bucket/prefix`, {
      param: 'model-id',
    });
  return { bucket: match[1]!, prefix: (match[2] ?? '').replace(/^\/+|\/+$/g, '') };
}

export const formatS3Location = ({ bucket, prefix }: S3Location): string =>
  prefix === '' ? `s3://${bucket}` : `s3://${bucket}/${prefix}`;
