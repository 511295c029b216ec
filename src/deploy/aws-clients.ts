import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { STSClient } from '@aws-sdk/client-sts';

/** Which account and region; what is left out is read as the AWS CLI reads it: environment, then configuration files.
 * AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE> send the requests elsewhere. */
export interface AwsAccess {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}

/** The clients of one account and region. */
export interface AwsClients {
  readonly sagemaker: SageMakerClient;
  readonly runtime: SageMakerRuntimeClient;
  readonly logs: CloudWatchLogsClient;
  readonly cloudwatch: CloudWatchClient;
  readonly cloudformation: CloudFormationClient;
  readonly scaling: ApplicationAutoScalingClient;
  readonly quotas: ServiceQuotasClient;
  readonly sts: STSClient;
}

/** Makes the clients; none sends anything before it is used. */
export function createAwsClients({ region, profile }: AwsAccess): AwsClients {
  const config = { ...(region !== undefined && { region }), ...(profile !== undefined && { profile }) };
  return {
    sagemaker: new SageMakerClient(config),
    // The chat client has retries of its own.
    runtime: new SageMakerRuntimeClient({ ...config, maxAttempts: 1 }),
    logs: new CloudWatchLogsClient(config),
    cloudwatch: new CloudWatchClient(config),
    cloudformation: new CloudFormationClient(config),
    scaling: new ApplicationAutoScalingClient(config),
    quotas: new ServiceQuotasClient(config),
    sts: new STSClient(config),
  };
}

/** @returns the region that the clients ask @throws the SDK's error where none is set */
export function regionOf({ sagemaker }: AwsClients): Promise<string> {
  return sagemaker.config.region();
}
