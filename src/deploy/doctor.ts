import { ListServiceQuotasCommand, type ServiceQuota } from '@aws-sdk/client-service-quotas';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { ParlanceError } from '../errors/errors.ts';
import type { HubSettings } from '../hub/hub-settings.ts';
import { type AwsClients, regionOf } from './aws-clients.ts';
import { describeAwsFailure } from './aws-failure.ts';
import { listEndpoints } from './describe-endpoint.ts';
import { describeMisfit, fitByName } from './model-fit.ts';
import { prices } from './prices.ts';
import { readModelSize } from './read-model-size.ts';
import { describeStack } from './stacks.ts';

/** What one check found. */
export interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'warning' | 'failed';
  readonly message: string;
  /** What to do, unless all is well. */
  readonly advice?: string;
}

/** What is going to be deployed. */
export interface DoctorRequest {
  readonly instanceType: string;
  /** Id of a model on the Hub; undefined leaves its checks out. */
  readonly model?: string | undefined;
  readonly revision?: string | undefined;
  readonly quantize?: string | undefined;
  /** URI of an image; undefined means that it is built here. */
  readonly image?: string | undefined;
  readonly hub: HubSettings;
  /** Whether a program can be run here, such as `docker`. */
  hasProgram(name: string): boolean;
  /** The program that builds images, where CDK_DOCKER names one. */
  readonly imageBuilder: string | undefined;
}

/** Looks at everything that a deployment needs, one after the other. It changes nothing. */
export async function* examine(clients: AwsClients, request: DoctorRequest): AsyncGenerator<Finding> {
  yield* guarded('credentials', () => checkCredentials(clients));
  yield* guarded('region', () => checkRegion(clients, request));
  yield* guarded('quota', () => checkQuota(clients, request));
  yield* guarded('bootstrap', () => checkBootstrap(clients));
  yield checkImage(request, await regionOf(clients).catch(() => undefined));
  if (request.model !== undefined) yield* guarded('model', () => checkModel(request.model!, request));
}

/** A check that fails on its way has found that; the others go on. */
async function* guarded(check: string, look: () => Promise<Finding | Finding[]>): AsyncGenerator<Finding> {
  try {
    yield* [await look()].flat();
  } catch (cause) {
    const error = describeAwsFailure(cause);
    if (!(error instanceof ParlanceError)) throw error;
    yield { check, state: 'failed', message: error.message };
  }
}

async function checkCredentials({ sts }: AwsClients): Promise<Finding> {
  const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
  return { check: 'credentials', state: 'ok', message: `account ${Account}, as ${Arn}` };
}

async function checkRegion(clients: AwsClients, { instanceType }: DoctorRequest): Promise<Finding> {
  const region = await regionOf(clients);
  const { length } = await listEndpoints(clients);
  const message = `SageMaker answers in ${region}, with ${length} endpoint${length === 1 ? '' : 's'}`;
  if (instanceType in prices.perHour) return { check: 'region', state: 'ok', message };
  return {
    check: 'region',
    state: 'warning',
    message: `${message}; ${instanceType} is not in this version's table of instance types`,
    advice: `check that it exists: ${prices.url}`,
  };
}

/** @see https://docs.aws.amazon.com/general/latest/gr/sagemaker.html — quotas are named `TYPE for endpoint usage` */
async function checkQuota({ quotas }: AwsClients, { instanceType }: DoctorRequest): Promise<Finding> {
  const name = `${instanceType} for endpoint usage`;
  let found: ServiceQuota | undefined;
  let NextToken: string | undefined;
  do {
    const page = await quotas.send(
      new ListServiceQuotasCommand({ ServiceCode: 'sagemaker', MaxResults: 100, NextToken }),
    );
    found = page.Quotas?.find(({ QuotaName }) => QuotaName === name);
    NextToken = page.NextToken;
  } while (found === undefined && NextToken !== undefined);
  if (found === undefined)
    return {
      check: 'quota',
      state: 'warning',
      message: `Service Quotas has no "${name}"`,
      advice: 'check the spelling of the instance type, and whether the region has it',
    };
  const { Value = 0, QuotaCode } = found;
  const message = `${name}: ${Value}`;
  if (Value >= 1) return { check: 'quota', state: 'ok', message };
  return {
    check: 'quota',
    state: 'failed',
    message,
    advice: `ask for more: aws service-quotas request-service-quota-increase --service-code sagemaker --quota-code ${QuotaCode} --desired-value 1 (hours to days), or take another instance type`,
  };
}

async function checkBootstrap(clients: AwsClients): Promise<Finding> {
  const stack = await describeStack(clients, 'CDKToolkit');
  if (stack) return { check: 'bootstrap', state: 'ok', message: `CDKToolkit is ${stack.status}` };
  return {
    check: 'bootstrap',
    state: 'failed',
    message: 'the account is not prepared for CDK in this region',
    advice: 'run `npx cdk bootstrap` once for each account and region',
  };
}

function checkImage({ image, hasProgram, imageBuilder }: DoctorRequest, region: string | undefined): Finding {
  const check = 'image';
  if (image === undefined) {
    const builder = imageBuilder ?? 'docker';
    if (hasProgram(builder)) return { check, state: 'ok', message: `built here, by ${builder}` };
    return {
      check,
      state: 'failed',
      message: `the image is built here, but ${builder} can't be run`,
      advice: 'install Docker, name another builder such as podman by CDK_DOCKER, or give an image in ECR by --image',
    };
  }
  const inEcr = /^\d{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com/.exec(image)?.[1];
  if (inEcr === undefined)
    return {
      check,
      state: 'warning',
      message: `${image} is not in ECR: SageMaker pulls it through the endpoint's VPC alone`,
      advice: 'push it to ECR, or set the VPC in parlance.config.ts',
    };
  if (region !== undefined && inEcr !== region)
    return {
      check,
      state: 'failed',
      message: `${image} is in ${inEcr}, but the endpoint in ${region}`,
      advice: `push it to ECR in ${region}: SageMaker pulls from its own region`,
    };
  return { check, state: 'ok', message: image };
}

async function checkModel(model: string, request: DoctorRequest): Promise<Finding[]> {
  const { hub, revision, instanceType, quantize } = request;
  const size = await readModelSize(model, revision, hub);
  const readable: Finding = {
    check: 'model',
    state: 'ok',
    message: `${model} can be read${hub.token === undefined ? '' : ' with this token'}: ${inMillions(size.numParameters)} parameters`,
  };
  const fit = fitByName(size, instanceType, quantize);
  if (fit === undefined) return [readable];
  if (fit.fits) return [readable, { check: 'fit', state: 'ok', message: `it fits ${instanceType}` }];
  return [readable, { check: 'fit', state: 'failed', message: describeMisfit(size, fit, quantize) }];
}

const inMillions = (count: number) => (count >= 1e9 ? `${(count / 1e9).toFixed(2)}B` : `${(count / 1e6).toFixed(1)}M`);
