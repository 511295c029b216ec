import { Duration } from 'aws-cdk-lib';
import type { Node } from 'constructs';
import { z } from 'zod';
import { type ContextKey, contextKeys } from '../src/deploy/stack-interface.ts';
import { ParlanceError } from '../src/errors/errors.ts';
import { imageSourceOf } from './container-image.ts';
import type { ParlanceConfig } from './define-config.ts';
import type { EndpointSettings } from './endpoint-settings.ts';
import type { ModelSource } from './model-source.ts';

type Context = Partial<Record<ContextKey, string>>;

/** Reads what `cdk … -c key=value` gave: one endpoint.
 * @returns undefined where no key of an endpoint is there
 * @throws invalid_setting */
export function readContext(node: Node): ParlanceConfig | undefined {
  const context: Context = {};
  for (const key of Object.keys(contextKeys) as ContextKey[]) {
    const value: unknown = node.tryGetContext(key);
    if (value !== undefined && value !== '') context[key] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  const { account, region, ...endpoint } = context;
  const place = { ...(account === undefined ? {} : { account }), ...(region === undefined ? {} : { region }) };
  return Object.keys(endpoint).length === 0 ? undefined : { ...place, endpoints: [endpointSettings(endpoint)] };
}

function endpointSettings(context: Context): EndpointSettings {
  const { endpointName, instanceType, hubTokenSecret, alarmTopicArn, image } = context;
  const instanceCount = numberOf(context, 'instanceCount');
  const timeout = numberOf(context, 'healthCheckTimeout');
  const parameters = numberOf(context, 'parameters');
  return defined({
    endpointName,
    instanceType,
    hubTokenSecret,
    alarmTopicArn,
    instanceCount,
    parameters,
    model: modelOf(context),
    image: image === undefined ? undefined : imageSourceOf(image),
    environment: environmentOf(context),
    containerStartupHealthCheckTimeout: timeout === undefined ? undefined : Duration.seconds(timeout),
    ...scalingOf(context),
  });
}

function modelOf({ modelId, revision, modelS3Uri }: Context): ModelSource | undefined {
  if (modelId !== undefined && modelS3Uri !== undefined)
    throw new ParlanceError('invalid_setting', 'modelId and modelS3Uri are given: one model is served');
  if (modelS3Uri !== undefined) return { kind: 's3', uri: modelS3Uri };
  if (modelId !== undefined) return { kind: 'hub', id: modelId, ...(revision === undefined ? {} : { revision }) };
  if (revision !== undefined)
    throw new ParlanceError('invalid_setting', `revision is ${revision}: it goes with modelId, which is not given`);
  return undefined;
}

function environmentOf({ environment = '', quantize }: Context): Record<string, string> | undefined {
  const given = environment.trimStart().startsWith('{') ? readObject(environment) : readPairs(environment);
  const all = { ...given, ...(quantize === undefined ? {} : { QUANTIZE: quantize }) };
  return Object.keys(all).length === 0 ? undefined : all;
}

function readPairs(text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  const entries = pairs.map((pair) => {
    const separator = pair.indexOf('=');
    if (separator < 1)
      throw new ParlanceError(
        'invalid_setting',
        `environment has ${pair}: expected KEY=VALUE,KEY=VALUE, or a JSON object where a value has a comma`,
      );
    return [pair.slice(0, separator).trim(), pair.slice(separator + 1)] as const;
  });
  return Object.fromEntries(entries);
}

const object = z.record(z.string(), z.string());

function readObject(text: string): Record<string, string> {
  try {
    return object.parse(JSON.parse(text));
  } catch (cause) {
    throw new ParlanceError('invalid_setting', `environment is ${text}: expected a JSON object of texts`, { cause });
  }
}

function scalingOf(context: Context): Pick<EndpointSettings, 'scaling' | 'scaleToZero'> {
  const maxInstances = numberOf(context, 'maxInstances');
  const { scaleToZero = 'false' } = context;
  if (!['true', 'false'].includes(scaleToZero))
    throw new ParlanceError('invalid_setting', `scaleToZero is ${scaleToZero}: expected true or false`);
  if (scaleToZero === 'true') return { scaleToZero: maxInstances === undefined ? true : { maxCopies: maxInstances } };
  if (maxInstances === undefined) return {};
  return { scaling: { minInstances: numberOf(context, 'instanceCount') ?? 1, maxInstances } };
}

function numberOf(context: Context, key: ContextKey): number | undefined {
  const text = context[key];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new ParlanceError('invalid_setting', `${key} is ${text}: expected a number above 0`);
  return value;
}

type Defined<T> = { readonly [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Without the keys whose value is undefined. */
function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
