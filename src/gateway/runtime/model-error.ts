import { type Account, logGroupArn, logGroupOf } from '../arn.ts';
import { AwsError } from '../aws-errors.ts';

export interface ModelAnswer {
  /** 0 for none. */
  readonly status: number;
  readonly text: string;
}

/** What InvokeEndpoint says of a model that refused, failed, or did not answer.
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html#API_runtime_InvokeEndpoint_Errors */
export function modelError({ status, text }: ModelAnswer, endpointName: string, account: Account): AwsError {
  const fault = status >= 400 && status < 500 ? 'client' : 'server';
  const { region, id } = account;
  const page = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#logEventViewer:group=${logGroupOf(endpointName)}`;
  const message = `Received ${fault} error (${status}) from primary with message "${text}". See ${page} in account ${id} for more information.`;
  return new AwsError('ModelError', message, {
    ErrorCode: fault === 'client' ? 'CLIENT_ERROR_FROM_MODEL' : 'INTERNAL_FAILURE_FROM_MODEL',
    OriginalStatusCode: status,
    OriginalMessage: text,
    LogStreamArn: logGroupArn(account, endpointName),
  });
}

/** @see https://repost.aws/knowledge-center/sagemaker-endpoint-timeout */
export const TIMED_OUT =
  'Your invocation timed out while waiting for a response from container primary. Review the latency metrics for each container in Amazon CloudWatch, resolve the issue, and try again.';
