import { ParlanceError } from '../src/errors/errors.ts';

/** Where the checkpoint comes from. */
export type ModelSource =
  /** The Hub, from where each container downloads it at its start. */
  | { readonly kind: 'hub'; readonly id: string; readonly revision?: string }
  /** An uncompressed checkpoint, `s3://bucket/prefix/`, which SageMaker puts into /opt/ml/model before the container
   * starts; the container asks nothing of the Hub then. */
  | { readonly kind: 's3'; readonly uri: string }
  /** The demo model that the image carries. */
  | { readonly kind: 'bundled' };

export interface S3Location {
  readonly bucket: string;
  /** Ends with a slash; empty for a whole bucket. */
  readonly prefix: string;
}

/** Reads `s3://bucket/prefix`. @param property what the address was given as, for the error @throws invalid_setting */
export function parseS3Uri(uri: string, property: string): S3Location {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(uri);
  if (!match) throw new ParlanceError('invalid_setting', `${property} is ${uri}: expected s3://bucket/prefix/`);
  const [, bucket, path = ''] = match;
  return { bucket: bucket!, prefix: path === '' || path.endsWith('/') ? path : `${path}/` };
}

/** How the model is called towards people. */
export function modelNameOf(source: ModelSource): string {
  switch (source.kind) {
    case 'hub':
      return source.id;
    case 's3':
      return source.uri;
    case 'bundled':
      return 'parlance-demo';
  }
}
