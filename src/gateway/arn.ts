/** Whose resources the gateway's are. */
export interface Account {
  readonly id: string;
  readonly region: string;
}

export type ResourceKind = 'model' | 'endpoint-config' | 'endpoint' | 'inference-component';

/** The name of a SageMaker resource that is unique in all of AWS. Names are case-insensitive there, so ARNs have them in lower case. */
export function arnOf({ id, region }: Account, kind: ResourceKind, name: string): string {
  return `arn:aws:sagemaker:${region}:${id}:${kind}/${name.toLowerCase()}`;
}

/** Where SageMaker keeps the log of an endpoint's containers. */
export function logGroupOf(endpointName: string): string {
  return `/aws/sagemaker/Endpoints/${endpointName}`;
}

/** The ARN of that log group. */
export function logGroupArn({ id, region }: Account, endpointName: string): string {
  return `arn:aws:logs:${region}:${id}:log-group:${logGroupOf(endpointName)}`;
}
