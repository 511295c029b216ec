/** Why an endpoint did not start, as far as it can be told. */
export interface Diagnosis {
  readonly cause: string;
  readonly advice: string;
}

interface Sign extends Diagnosis {
  /** In SageMaker's failure reason, or in a line of the container. */
  readonly pattern: RegExp;
}

/** From the most to the least telling: a failed health check is only what the other signs end in.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-deploy-troubleshoot.html */
const signs: readonly Sign[] = [
  {
    pattern: /is gated|GatedRepo|Access to model .* is restricted/i,
    cause: 'the model is gated on the Hub, and the container may not read it',
    advice:
      "accept the model's terms on its page of the Hub, store a token of that account in Secrets Manager, and deploy with --hub-token-secret NAME",
  },
  {
    pattern: /there is no model .* or it is private|RepoNotFound|has no revision/i,
    cause: 'the Hub has no such model or revision, or it is private',
    advice: 'check the name by `parlance doctor MODEL`; for a private model deploy with --hub-token-secret NAME',
  },
  {
    pattern: /CUDA (driver version is insufficient|failure|error)|libcud\w+\.so|CUDA_ERROR/i,
    cause: "the image's CUDA and the instance's driver don't go together, or there is no GPU",
    advice: 'use an instance type with GPUs (ml.g5.*) and the inference AMI that the CDK app sets',
  },
  {
    pattern:
      /out_of_memory|out of memory|OutOfMemory|OOMKilled|Cannot allocate memory|give the process more memory|\bbad_alloc\b/i,
    cause: 'the model does not fit into the memory of the instance',
    advice: 'deploy with a larger --instance-type, with --quantize int8 or int4, or with a smaller MAX_TOTAL_TOKENS',
  },
  {
    pattern: /is not served|unsupported_model|architectures is \[/i,
    cause: 'the model is of an architecture that is not served',
    advice: '`parlance info MODEL` says what is missing; docs/reference/model-families.md lists what is served',
  },
  {
    pattern: /No space left on device|free disk|ENOSPC/i,
    cause: 'the disk of the instance is full',
    advice: 'take an instance type with larger disks: of ml.g5, each size up has more',
  },
  {
    pattern: /(ResourceLimitExceeded|service limit|account-level)/i,
    cause: "the account's quota for this instance type is used up, or 0",
    advice: '`parlance doctor` shows the quota and how to ask for more; until then take another --instance-type',
  },
  {
    pattern: /InsufficientInstanceCapacity|insufficient capacity|Unable to provision requested ML compute capacity/i,
    cause: 'AWS has no instance of this type left in the region',
    advice: 'try again later, or with another --instance-type or --region',
  },
  {
    pattern: /CannotStartContainerError|exec format error|exec .* no such file/i,
    cause: 'the image can not be started',
    advice: 'build it for linux/amd64, with `serve` as its argument and its entry point in exec form',
  },
  {
    pattern: /(ImagePull|CannotPullContainer|does not grant|ecr:|pulling image|manifest unknown)/i,
    cause: 'the image can not be pulled',
    advice: "check that it exists in the endpoint's region, and that the execution role may pull it",
  },
  {
    pattern: /(S3|model data|ModelDataSource).*(AccessDenied|403|Forbidden|could not be (downloaded|found)|NoSuch)/i,
    cause: "the model's files in S3 can not be read",
    advice: 'check the prefix, and that the execution role may list and get it',
  },
  {
    pattern: /(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|sent nothing for).*/i,
    cause: 'the container can not reach the Hub',
    advice: 'give its VPC a way out (NAT), or take the model from S3 by --model-s3-uri',
  },
  {
    pattern: /error: |Error: |FATAL/,
    cause: 'the container ended with an error',
    advice: 'its last lines say which; `parlance logs` shows all of them',
  },
  {
    pattern: /ping|health check/i,
    cause: 'the container was not ready in time for the health check',
    advice:
      'where its lines show that it was still loading, deploy with a longer --health-check-timeout or take the model from S3; `parlance logs` shows all lines',
  },
];

/** Finds the likeliest cause of a failed start.
 * @param lines what the containers printed, the last ones at the end
 * @returns undefined where nothing is known */
export function diagnose(failureReason: string | undefined, lines: readonly string[]): Diagnosis | undefined {
  const texts = [...lines, failureReason ?? ''];
  const sign = signs.find(({ pattern }) => texts.some((text) => pattern.test(text)));
  return sign && { cause: sign.cause, advice: sign.advice };
}
