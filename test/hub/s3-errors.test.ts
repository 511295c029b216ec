import { S3ServiceException } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { TransientError } from '../../src/hub/blob-source.ts';
import { s3Error } from '../../src/hub/s3-errors.ts';
import { parseS3Location } from '../../src/hub/s3-location.ts';

const location = { bucket: 'models', prefix: 'llama' };
const failure = (name: string, httpStatusCode: number) =>
  new S3ServiceException({ name, message: 'as AWS says', $fault: 'client', $metadata: { httpStatusCode } });

describe('a failure of S3', () => {
  it.each([
    [
      'AccessDenied',
      403,
      /s3:\/\/models\/llama may not be read \(AccessDenied: as AWS says\): .*s3:ListBucket on models/,
    ],
    ['NoSuchBucket', 404, /there is no bucket models/],
    ['ExpiredToken', 400, /have expired: get new ones/],
    ['PreconditionFailed', 412, /was changed while it was downloaded: start again/],
    ['SignatureDoesNotMatch', 403, /are wrong \(SignatureDoesNotMatch\)/],
  ])('%s (%d) says what to do', (name, status, message) => {
    expect(s3Error(failure(name, status), location)).toMatchObject({ message: expect.stringMatching(message) });
  });

  it.each([
    ['SlowDown', 503],
    ['InternalError', 500],
    ['TooManyRequests', 429],
  ])('%s (%d) may pass', (name, status) => {
    expect(s3Error(failure(name, status), location)).toBeInstanceOf(TransientError);
  });

  it('of the connection may pass', () => {
    const reset = Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    expect(s3Error(reset, location)).toBeInstanceOf(TransientError);
  });
});

describe('a place in S3', () => {
  it.each([
    ['s3://models/llama', location],
    ['s3://models/a/b/', { bucket: 'models', prefix: 'a/b' }],
    ['s3://models', { bucket: 'models', prefix: '' }],
    ['s3://models/', { bucket: 'models', prefix: '' }],
  ])('is read from %s', (url, expected) => {
    expect(parseS3Location(url)).toEqual(expected);
  });

  it.each(['s3://', 's3:///x', 's3://Upper/x', 's3://a/x'])('is refused in %s', (url) => {
    expect(() => parseS3Location(url)).toThrow('expected s3://bucket/prefix');
  });
});
