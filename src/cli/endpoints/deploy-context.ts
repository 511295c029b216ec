import type { Context } from '../../deploy/run-cdk.ts';
import { endpointNameOf } from '../../deploy/stack-interface.ts';
import type { AwsOptions } from './aws-command.ts';

/** What `parlance deploy` takes. */
export interface DeployOptions extends AwsOptions {
  readonly revision?: string;
  readonly modelS3Uri?: string;
  readonly instanceType: string;
  readonly instances?: number;
  readonly maxInstances?: number;
  readonly scaleToZero?: boolean;
  readonly image?: string;
  readonly quantize?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly endpointName?: string;
  readonly hubTokenSecret?: string;
  readonly healthCheckTimeout?: number;
  readonly alarmTopic?: string;
  readonly parameters?: number;
  readonly account?: string;
  readonly synth?: boolean;
  readonly dryRun?: boolean;
  readonly output?: string;
}

/** What the options are in the words of the CDK app. */
export function deployContext(model: string | undefined, options: DeployOptions): Context {
  const text = (value: number | undefined) => value?.toString();
  const context: Record<keyof Context, string | undefined> = {
    modelId: model,
    revision: options.revision,
    modelS3Uri: options.modelS3Uri,
    instanceType: options.instanceType,
    instanceCount: text(options.instances),
    maxInstances: text(options.maxInstances),
    scaleToZero: options.scaleToZero ? 'true' : undefined,
    image: options.image,
    quantize: options.quantize,
    environment: options.env && JSON.stringify(options.env),
    endpointName: endpointNameFor(model, options),
    hubTokenSecret: options.hubTokenSecret,
    healthCheckTimeout: options.healthCheckTimeout === undefined ? undefined : text(options.healthCheckTimeout / 1000),
    alarmTopicArn: options.alarmTopic,
    parameters: text(options.parameters),
    account: options.account,
    region: options.region,
  };
  return Object.fromEntries(Object.entries(context).filter(([, value]) => value !== undefined));
}

export function endpointNameFor(model: string | undefined, { endpointName, modelS3Uri }: DeployOptions): string {
  return endpointName ?? endpointNameOf(model ?? modelS3Uri ?? 'parlance-demo');
}
