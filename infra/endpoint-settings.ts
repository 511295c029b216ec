import type { Duration } from 'aws-cdk-lib';
import { endpointNameOf } from '../src/deploy/stack-interface.ts';
import type { ImageSource } from './container-image.ts';
import type { AlarmThresholds } from './endpoint-alarms.ts';
import type { LlmEndpointProps } from './endpoint-props.ts';
import { type ModelSource, modelNameOf } from './model-source.ts';
import { checkName } from './property-checks.ts';

/** An inference component's copies, where an endpoint goes down to no instance. */
export interface ScaleToZero {
  /** @default 1 */
  readonly maxCopies?: number;
  /** Requests that a copy should have at the same time. @default 8 */
  readonly concurrentRequests?: number;
  /** How long the load must have been low before a copy goes. @default 300 s */
  readonly scaleInCooldown?: Duration;
}

/** One endpoint as `parlance.config.ts` or the context of `cdk deploy` asks for it: everything has a default. */
export interface EndpointSettings
  extends Omit<LlmEndpointProps, 'endpointName' | 'model' | 'managedInstances' | 'instanceCount'> {
  /** @default the last part of the model's name */
  readonly endpointName?: string;
  /** @default the demo model that the image carries */
  readonly model?: ModelSource;
  /** @default built from this repository's Dockerfile */
  readonly image?: ImageSource;
  /** Further settings of the server, as environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Name or ARN of the secret of Secrets Manager that holds the Hub token. */
  readonly hubTokenSecret?: string;
  /** Instances at the start. @default 1 */
  readonly instanceCount?: number;
  /** Whether the endpoint goes down to no instance while nobody calls. @default false */
  readonly scaleToZero?: boolean | ScaleToZero;
  readonly alarms?: AlarmThresholds;
  /** SNS topic that alarms are sent to. @default they are seen in the console alone */
  readonly alarmTopicArn?: string;
  /** Parameters of the model; with it the fit is checked at synth, which never goes online. */
  readonly parameters?: number;
  /** Of everything that can have tags. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** How the endpoint is called, by itself or after its model. @throws invalid_setting */
export function endpointNameFor({ endpointName, model }: EndpointSettings): string {
  const name = endpointName ?? endpointNameOf(modelNameOf(model ?? { kind: 'bundled' }));
  checkName('endpointName', name);
  return name;
}
