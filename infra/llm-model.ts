import { Aws } from 'aws-cdk-lib';
import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import type { InstanceType } from '../src/deploy/instance-types.ts';
import { containerEnvironment, type Environment } from './container-environment.ts';
import { type ImageSource, resolveImage } from './container-image.ts';
import type { ExecutionRole } from './execution-role.ts';
import { type ModelSource, parseS3Uri, type S3Location } from './model-source.ts';
import { grantNetwork, type VpcSettings } from './vpc.ts';

/** What is served, by which image, with which settings. */
export interface ServedModel {
  /** @default the demo model that the image carries */
  readonly source?: ModelSource;
  /** @default built from this repository's Dockerfile */
  readonly image?: ImageSource;
  /** Further settings of the server, as environment variables; they go before those that the construct sets. */
  readonly environment?: Environment;
  /** Name or ARN of the secret of Secrets Manager that holds the Hub token. The container reads it at its start, so that
   * the token stands neither in the template nor in what DescribeModel shows. @default no token */
  readonly hubTokenSecret?: string;
}

export interface LlmModelProps extends ServedModel {
  readonly role: ExecutionRole;
  readonly instance: InstanceType;
  /** GPUs that one container has. */
  readonly numGpus: number;
  readonly vpc?: VpcSettings | undefined;
  /** Whether the model carries the VPC itself: not for inference components, whose endpoint configuration does. */
  readonly carriesVpc: boolean;
}

/** AWS::SageMaker::Model of a Parlance container. */
export class LlmModel extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: LlmModelProps) {
    super(scope, id);
    const { role, instance, numGpus, vpc, carriesVpc, hubTokenSecret, environment = {} } = props;
    const source = props.source ?? { kind: 'bundled' };
    const image = resolveImage(this, props.image ?? { kind: 'asset' }, { role, instance, isInVpc: vpc !== undefined });
    const location = source.kind === 's3' ? parseS3Uri(source.uri, 'model') : undefined;
    if (location) grantRead(role, location);
    if (vpc) grantNetwork(role, vpc);
    if (hubTokenSecret !== undefined) grantSecret(role, hubTokenSecret);
    const model = new CfnModel(this, 'Model', {
      executionRoleArn: role.arn,
      primaryContainer: {
        image: image.uri,
        ...(image.config ? { imageConfig: image.config } : {}),
        ...(location ? { modelDataSource: modelDataSource(location) } : {}),
        environment: containerEnvironment(this, { source, numGpus, hubTokenSecret, environment }),
      },
      ...(vpc && carriesVpc
        ? { vpcConfig: { subnets: [...vpc.subnetIds], securityGroupIds: [...vpc.securityGroupIds] } }
        : {}),
    });
    // SageMaker checks the role's permissions when the model is made.
    model.node.addDependency(role);
    this.name = model.attrModelName;
  }
}

function modelDataSource({ bucket, prefix }: S3Location): CfnModel.ModelDataSourceProperty {
  return {
    s3DataSource: { s3Uri: `s3://${bucket}/${prefix}`, s3DataType: 'S3Prefix', compressionType: 'None' },
  };
}

function grantRead(role: ExecutionRole, { bucket, prefix }: S3Location): void {
  role.allow({
    actions: ['s3:GetObject'],
    resources: [`arn:${Aws.PARTITION}:s3:::${bucket}/${prefix}*`],
    wildcardReason: "A checkpoint is all files below its prefix; shards' names are not known before.",
  });
  role.allow({
    actions: ['s3:ListBucket'],
    resources: [`arn:${Aws.PARTITION}:s3:::${bucket}`],
    conditions: { StringLike: { 's3:prefix': [prefix, `${prefix}*`] } },
  });
}

/** @param secret name or ARN. A secret's ARN ends with six random characters, which its name doesn't tell. */
function grantSecret(role: ExecutionRole, secret: string): void {
  const isArn = secret.startsWith('arn:');
  const isComplete = isArn && /-[A-Za-z0-9]{6}$/.test(secret);
  const arn = isArn ? secret : `arn:${Aws.PARTITION}:secretsmanager:${Aws.REGION}:${Aws.ACCOUNT_ID}:secret:${secret}`;
  role.allow({ actions: ['secretsmanager:GetSecretValue'], resources: [isComplete ? arn : `${arn}-??????`] });
}
