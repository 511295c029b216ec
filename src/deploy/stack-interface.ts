/** What the command line and the CDK app say to each other: settings go in as context (`-c modelId=…`), outputs of the
 * stack come back. The app's own types are in infra/; only these names are shared. */

/** Context of the CDK app: what each key means, as the documentation prints it. All are texts, as `-c` gives them. */
export const contextKeys = {
  modelId: 'Id of a model on the Hugging Face Hub; without any model, the bundled demo model is served',
  revision: 'Branch, tag or commit of the model',
  modelS3Uri: 's3://bucket/prefix/ of an uncompressed checkpoint, in the place of modelId',
  instanceType: 'SageMaker instance type',
  instanceCount: 'Instances at the start',
  maxInstances: 'Instances (or copies, with scaleToZero) at most; their number follows the load then',
  scaleToZero: 'true: the model is an inference component, which goes down to no instance while nobody calls',
  image: 'URI of an image, in the place of building the Dockerfile',
  quantize: 'How the weights are quantised, as QUANTIZE',
  environment: 'Further settings of the server, as KEY=VALUE,KEY=VALUE, or as a JSON object',
  endpointName: "Name of the endpoint; the stack is called 'parlance-' and this name",
  hubTokenSecret: 'Name or ARN of the secret of Secrets Manager that holds the Hub token',
  healthCheckTimeout: 'Seconds that the container has until its first good health check',
  alarmTopicArn: 'SNS topic that alarms are sent to',
  parameters: 'Parameters of the model, as 7.24e9; with it the fit into the GPUs is checked at synth',
  account: 'AWS account of the stack; without it, that of the credentials',
  region: 'AWS region of the stack; without it, that of the credentials',
} as const;

export type ContextKey = keyof typeof contextKeys;

/** Outputs of the stack: CloudFormation's output keys. */
export const stackOutputs = {
  endpointName: 'EndpointName',
  /** With scaleToZero only: what X-Amzn-SageMaker-Inference-Component must name. */
  componentName: 'ComponentName',
  instanceType: 'InstanceType',
  /** What the endpoint was deployed to serve: a Hub id, an S3 URI, or parlance-demo. */
  model: 'Model',
  logGroupName: 'LogGroupName',
  dashboardName: 'DashboardName',
  region: 'Region',
} as const;

/** @returns the name of an endpoint's stack */
export function stackNameOf(endpointName: string): string {
  return `parlance-${endpointName}`;
}

/** Names the endpoint of a model where nobody did: `HuggingFaceH4/zephyr-7b-beta` becomes `zephyr-7b-beta`.
 * @returns what SageMaker takes for a name: letters, digits and single hyphens, 63 at most */
export function endpointNameOf(model: string): string {
  const last = model.replace(/\/+$/, '').split('/').at(-1)!;
  const name = last.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+/, '');
  return name.slice(0, 63).replace(/-+$/, '') || 'parlance';
}
