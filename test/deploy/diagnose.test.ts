import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../src/deploy/diagnose.ts';
import { hubError } from '../../src/hub/hub-errors.ts';

const pingFailed =
  'The primary container for production variant AllTraffic did not pass the ping health check. Please check CloudWatch logs for this endpoint.';

/** The line that a container ends with when the Hub refuses so. */
function hubRefusal(status: number, code: string): string {
  const response = {
    url: new URL('https://huggingface.co/org/name/resolve/main/config.json'),
    status,
    headers: new Headers({ 'x-error-code': code }),
    async *body() {},
  };
  const settings = {
    endpoint: 'https://huggingface.co',
    token: undefined,
    home: '',
    cacheFolder: '',
    offlineReason: undefined,
    idleTimeoutMs: 1,
    proxies: { http: '', https: '', exceptions: '' },
  };
  return `error: ${hubError(response, { id: 'org/name', revision: 'main' }, settings).message}`;
}

describe('the likely cause of a failed start', () => {
  it.each([
    ['a gated model', pingFailed, [hubRefusal(401, 'GatedRepo')], 'the model is gated on the Hub'],
    ['a private or missing model', pingFailed, [hubRefusal(401, 'RepoNotFound')], 'the Hub has no such model'],
    [
      'too little memory',
      pingFailed,
      ['error: the model is loaded, but there is only 1 GiB for the KV cache: give the process more memory'],
      'the model does not fit into the memory',
    ],
    [
      'an old driver',
      pingFailed,
      ['CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version'],
      "the image's CUDA and the instance's driver",
    ],
    [
      'an architecture',
      pingFailed,
      ['error: config.json: architectures is ["NoSuchForCausalLM"], expected one of …'],
      'the model is of an architecture that is not served',
    ],
    ['no network', pingFailed, ['error: https://huggingface.co/api: getaddrinfo ENOTFOUND'], 'can not reach the Hub'],
    ['another error', pingFailed, ['error: --port 99999 is not an integer'], 'the container ended with an error'],
    ['a slow start', pingFailed, ['loading the weights'], 'not ready in time for the health check'],
    [
      'a quota',
      "ResourceLimitExceeded: The account-level service limit 'ml.g5.2xlarge for endpoint usage' is 0 Instances",
      [],
      "the account's quota",
    ],
    [
      'no capacity',
      'Unable to provision requested ML compute capacity due to InsufficientInstanceCapacity error.',
      [],
      'AWS has no instance of this type left',
    ],
    [
      'an image that can not be pulled',
      'The repository of the image does not grant ecr:GetDownloadUrlForLayer to the role.',
      [],
      'the image can not be pulled',
    ],
    ['files in S3', 'Failed to download model data from S3: AccessDenied', [], "the model's files in S3"],
  ])('is told for %s', (_, reason, lines, cause) => {
    expect(diagnose(reason, lines)?.cause).toContain(cause);
    expect(diagnose(reason, lines)?.advice).toMatch(/\w/);
  });

  it('is not made up', () => {
    expect(diagnose('Something else', ['ready after 3 s'])).toBeUndefined();
  });
});
