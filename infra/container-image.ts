import { resolve } from 'node:path';
import { Aws } from 'aws-cdk-lib';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import type { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import type { InstanceType } from '../src/deploy/instance-types.ts';
import { ParlanceError } from '../src/errors/errors.ts';
import type { ExecutionRole } from './execution-role.ts';

/** The image that the containers are of. */
export type ImageSource =
  /** Built at deployment and pushed to the bootstrapped repository of the account. */
  | {
      readonly kind: 'asset';
      /** @default this repository */
      readonly folder?: string;
      /** Within the folder. @default Dockerfile */
      readonly dockerfile?: string;
      /** @default gpu on instance types with GPUs, else cpu */
      readonly target?: string;
      readonly buildArgs?: Readonly<Record<string, string>>;
    }
  /** `account.dkr.ecr.region.amazonaws.com/repository:tag`, of the endpoint's region. */
  | { readonly kind: 'ecr'; readonly uri: string }
  /** Any other registry, which SageMaker reaches through the endpoint's VPC alone. */
  | {
      readonly kind: 'registry';
      readonly uri: string;
      /** A Lambda function that gives SageMaker the registry's user and password; needed where it asks for them. */
      readonly credentialsFunctionArn?: string;
    };

export interface ResolvedImage {
  readonly uri: string;
  readonly config?: CfnModel.ImageConfigProperty;
}

const ecrUri =
  /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(?<repository>[a-z0-9][a-z0-9._/-]*?)(?::[\w.-]+|@sha256:[0-9a-f]{64})?$/;

/** The source of an image by its URI alone. */
export function imageSourceOf(uri: string): ImageSource {
  return ecrUri.test(uri) ? { kind: 'ecr', uri } : { kind: 'registry', uri };
}

export interface ImageUse {
  readonly role: ExecutionRole;
  readonly instance: InstanceType;
  readonly isInVpc: boolean;
}

/** Finds or builds the image, and lets the role pull it. @throws invalid_setting */
export function resolveImage(
  scope: Construct,
  source: ImageSource,
  { role, instance, isInVpc }: ImageUse,
): ResolvedImage {
  switch (source.kind) {
    case 'asset': {
      const asset = new DockerImageAsset(scope, 'Image', {
        directory: source.folder ?? resolve(import.meta.dirname, '..'),
        file: source.dockerfile ?? 'Dockerfile',
        target: source.target ?? (instance.numGpus > 0 ? 'gpu' : 'cpu'),
        // A laptop with an ARM processor would build for itself.
        platform: Platform.LINUX_AMD64,
        ...(source.buildArgs ? { buildArgs: { ...source.buildArgs } } : {}),
      });
      asset.repository.grantPull(role);
      return { uri: asset.imageUri };
    }
    case 'ecr':
      return { uri: pullFromEcr(source.uri, role) };
    case 'registry':
      return pullFromRegistry(source, role, isInVpc);
  }
}

function pullFromEcr(uri: string, role: ExecutionRole): string {
  const { account, region, repository } = ecrUri.exec(uri)?.groups ?? {};
  if (!account)
    throw new ParlanceError(
      'invalid_setting',
      `image is ${uri}: expected ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY:TAG`,
    );
  role.allow({
    actions: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
    resources: [`arn:${Aws.PARTITION}:ecr:${region}:${account}:repository/${repository}`],
  });
  role.allow({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] });
  return uri;
}

function pullFromRegistry(
  { uri, credentialsFunctionArn }: Extract<ImageSource, { kind: 'registry' }>,
  role: ExecutionRole,
  isInVpc: boolean,
): ResolvedImage {
  if (!isInVpc)
    throw new ParlanceError(
      'invalid_setting',
      `image is ${uri}: SageMaker pulls an image that isn't in ECR through your VPC alone; give vpc, or push it to ECR`,
    );
  if (credentialsFunctionArn !== undefined)
    role.allow({ actions: ['lambda:InvokeFunction'], resources: [credentialsFunctionArn] });
  return {
    uri,
    config: {
      repositoryAccessMode: 'Vpc',
      ...(credentialsFunctionArn === undefined
        ? {}
        : { repositoryAuthConfig: { repositoryCredentialsProviderArn: credentialsFunctionArn } }),
    },
  };
}
