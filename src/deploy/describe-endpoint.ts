import {
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeInferenceComponentCommand,
  type EndpointStatus,
  type InferenceComponentStatus,
  ListEndpointsCommand,
  ListInferenceComponentsCommand,
} from '@aws-sdk/client-sagemaker';
import { ParlanceError } from '../errors/errors.ts';
import type { AwsClients } from './aws-clients.ts';
import { isMissing, unlessMissing, unlessUnknown } from './aws-failure.ts';

interface VariantDescription {
  readonly name: string;
  /** Undefined for serverless variants. */
  readonly instanceType: string | undefined;
  /** Undefined where the components bring the models. */
  readonly modelName: string | undefined;
  readonly numInstances: number;
  readonly desiredInstances: number;
}

/** A model on the instances of an endpoint that it may share with others. */
interface ComponentDescription {
  readonly name: string;
  readonly variantName: string;
  /** Undefined for a component that names its container itself. */
  readonly modelName: string | undefined;
  readonly status: InferenceComponentStatus;
  readonly numCopies: number;
  readonly desiredCopies: number;
  readonly failureReason: string | undefined;
}

export interface EndpointDescription {
  readonly name: string;
  readonly arn: string;
  readonly status: EndpointStatus;
  readonly failureReason: string | undefined;
  readonly configName: string;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly variants: readonly VariantDescription[];
  /** Empty for an endpoint that has its model itself. */
  readonly components: readonly ComponentDescription[];
}

/** Describes an endpoint with its variants and inference components. @throws unknown_endpoint */
export async function describeEndpoint(clients: AwsClients, name: string): Promise<EndpointDescription> {
  const { sagemaker } = clients;
  const endpoint = await sagemaker
    .send(new DescribeEndpointCommand({ EndpointName: name }))
    .catch((error: unknown) => throwUnknownEndpoint(error, name));
  const configName = endpoint.EndpointConfigName!;
  const config = await unlessMissing(
    sagemaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName: configName })),
    undefined,
  );
  const variants = (config?.ProductionVariants ?? []).map((variant): VariantDescription => {
    const running = endpoint.ProductionVariants?.find(({ VariantName }) => VariantName === variant.VariantName);
    const initial = variant.InitialInstanceCount ?? 0;
    return {
      name: variant.VariantName!,
      instanceType: variant.InstanceType,
      modelName: variant.ModelName,
      numInstances: running?.CurrentInstanceCount ?? (endpoint.EndpointStatus === 'InService' ? initial : 0),
      desiredInstances: running?.DesiredInstanceCount ?? initial,
    };
  });
  return {
    name,
    arn: endpoint.EndpointArn!,
    status: endpoint.EndpointStatus!,
    failureReason: endpoint.FailureReason,
    configName,
    createdAt: endpoint.CreationTime!.toISOString(),
    changedAt: endpoint.LastModifiedTime!.toISOString(),
    variants,
    components: await describeComponents(clients, name),
  };
}

function throwUnknownEndpoint(error: unknown, name: string): never {
  if (!isMissing(error)) throw error;
  throw new ParlanceError(
    'unknown_endpoint',
    `there is no endpoint ${name} in this account and region: \`parlance status\` lists those that are; a paused one comes back by \`parlance resume ${name}\``,
    { cause: error },
  );
}

/** @returns the names of an endpoint's inference components */
export async function listComponents({ sagemaker }: AwsClients, endpointName: string): Promise<string[]> {
  const names: string[] = [];
  let NextToken: string | undefined;
  do {
    const command = new ListInferenceComponentsCommand({
      EndpointNameEquals: endpointName,
      MaxResults: 100,
      NextToken,
    });
    const page = await unlessUnknown(sagemaker.send(command), undefined);
    for (const { InferenceComponentName } of page?.InferenceComponents ?? []) names.push(InferenceComponentName!);
    NextToken = page?.NextToken;
  } while (NextToken !== undefined);
  return names;
}

async function describeComponents(clients: AwsClients, endpointName: string): Promise<ComponentDescription[]> {
  const names = await listComponents(clients, endpointName);
  return Promise.all(
    names.map(async (name) => {
      const component = await clients.sagemaker.send(
        new DescribeInferenceComponentCommand({ InferenceComponentName: name }),
      );
      return {
        name,
        variantName: component.VariantName!,
        modelName: component.Specification?.ModelName,
        status: component.InferenceComponentStatus!,
        numCopies: component.RuntimeConfig?.CurrentCopyCount ?? 0,
        desiredCopies: component.RuntimeConfig?.DesiredCopyCount ?? 0,
        failureReason: component.FailureReason,
      };
    }),
  );
}

export interface ListedEndpoint {
  readonly name: string;
  readonly status: EndpointStatus;
  readonly createdAt: string;
}

/** The endpoints of the account and region, the newest first; 100 at most. */
export async function listEndpoints({ sagemaker }: AwsClients): Promise<ListedEndpoint[]> {
  const { Endpoints = [] } = await sagemaker.send(
    new ListEndpointsCommand({ SortBy: 'CreationTime', MaxResults: 100 }),
  );
  return Endpoints.map(({ EndpointName, EndpointStatus, CreationTime }) => ({
    name: EndpointName!,
    status: EndpointStatus!,
    createdAt: CreationTime!.toISOString(),
  }));
}

/** The endpoint that is meant: the named one, or the only one that there is. @throws unknown_endpoint */
export async function chooseEndpoint(clients: AwsClients, name: string | undefined): Promise<string> {
  if (name !== undefined) return name;
  const endpoints = await listEndpoints(clients);
  if (endpoints.length === 1) return endpoints[0]!.name;
  throw new ParlanceError(
    'unknown_endpoint',
    endpoints.length === 0
      ? 'there is no endpoint in this account and region: `parlance deploy` makes one'
      : `name the endpoint: there are ${endpoints.map((endpoint) => endpoint.name).join(', ')}`,
  );
}
