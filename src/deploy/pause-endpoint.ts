import {
  AddTagsCommand,
  CreateEndpointCommand,
  DeleteEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeInferenceComponentCommand,
  ListEndpointConfigsCommand,
  ListTagsCommand,
  type Tag,
} from '@aws-sdk/client-sagemaker';
import { ParlanceError } from '../errors/errors.ts';
import { readRange, scalablesOf, suspendScaling } from './autoscaling.ts';
import type { AwsClients } from './aws-clients.ts';
import { describeEndpoint, type EndpointDescription } from './describe-endpoint.ts';
import { setCopies } from './scale-endpoint.ts';

/** On an endpoint configuration: the endpoint that it is to come back as. */
const pausedTag = 'parlance:paused-endpoint';
/** On an inference component: how many copies it is to come back with. */
const copiesTag = 'parlance:paused-copies';

/** How an endpoint was paused or comes back. */
export interface PauseResult {
  readonly endpoint: string;
  /** `copies`: its components have none; `endpoint`: it is deleted, its configuration stays. */
  readonly way: 'copies' | 'endpoint';
  readonly configName: string;
  /** Whether SageMaker takes scaling away with the endpoint, so that only the next deployment brings it back. */
  readonly losesScaling: boolean;
}

/** Brings an endpoint to no instance. Components lose their copies, and the instances go where the variant may scale to
 * zero; an endpoint that has its model itself can't be without instances, so it is deleted and its configuration kept.
 * @throws unknown_endpoint */
export async function pauseEndpoint(clients: AwsClients, name: string): Promise<PauseResult> {
  const endpoint = await describeEndpoint(clients, name);
  const result = { endpoint: name, configName: endpoint.configName };
  if (endpoint.components.length > 0) {
    await pauseComponents(clients, endpoint);
    return { ...result, way: 'copies', losesScaling: false };
  }
  const ranges = await Promise.all(scalablesOf(endpoint).map((scalable) => readRange(clients, scalable)));
  await tagConfig(clients, endpoint.configName, name);
  await clients.sagemaker.send(new DeleteEndpointCommand({ EndpointName: name }));
  return { ...result, way: 'endpoint', losesScaling: ranges.some((range) => range !== undefined) };
}

async function pauseComponents(clients: AwsClients, endpoint: EndpointDescription): Promise<void> {
  for (const scalable of scalablesOf(endpoint)) await suspendScaling(clients, scalable, true);
  for (const { name, desiredCopies } of endpoint.components) {
    if (desiredCopies === 0) continue;
    const arn = await componentArn(clients, name);
    const Tags = [{ Key: copiesTag, Value: String(desiredCopies) }];
    await clients.sagemaker.send(new AddTagsCommand({ ResourceArn: arn, Tags }));
    await setCopies(clients, name, 0);
  }
}

async function tagConfig({ sagemaker }: AwsClients, configName: string, endpointName: string): Promise<void> {
  const config = await sagemaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName: configName }));
  const Tags = [{ Key: pausedTag, Value: endpointName }];
  await sagemaker.send(new AddTagsCommand({ ResourceArn: config.EndpointConfigArn!, Tags }));
}

/** Brings a paused endpoint back.
 * @param configName for an endpoint that was deleted otherwise; by default the configuration that `pauseEndpoint` marked
 * @throws unknown_endpoint where there is neither the endpoint nor a configuration to make it from */
export async function resumeEndpoint(
  clients: AwsClients,
  name: string,
  configName?: string,
): Promise<Omit<PauseResult, 'losesScaling'>> {
  const endpoint = await describeEndpoint(clients, name).catch((error: unknown) => {
    if (error instanceof ParlanceError && error.code === 'unknown_endpoint') return undefined;
    throw error;
  });
  if (endpoint === undefined) return recreate(clients, name, configName);
  if (endpoint.components.length === 0)
    throw new ParlanceError('validation', `endpoint ${name} is not paused: it is ${endpoint.status}`);
  await resumeComponents(clients, endpoint);
  return { endpoint: name, way: 'copies', configName: endpoint.configName };
}

async function resumeComponents(clients: AwsClients, endpoint: EndpointDescription): Promise<void> {
  for (const { name, desiredCopies } of endpoint.components) {
    if (desiredCopies > 0) continue;
    const tags = await readTags(clients, await componentArn(clients, name));
    const copies = Number(tags.find(({ Key }) => Key === copiesTag)?.Value ?? 1);
    await setCopies(clients, name, copies);
  }
  for (const scalable of scalablesOf(endpoint)) await suspendScaling(clients, scalable, false);
}

async function recreate(clients: AwsClients, name: string, givenConfig: string | undefined) {
  const config = await findConfig(clients, name, givenConfig);
  if (config === undefined)
    throw new ParlanceError(
      'unknown_endpoint',
      `there is neither an endpoint ${name} nor a configuration that it was paused from: \`parlance deploy\` makes one, or name its configuration by --config`,
    );
  // SageMaker keeps names that begin with aws: to itself.
  const Tags = config.tags.filter(({ Key }) => Key !== pausedTag && !Key!.startsWith('aws:'));
  await clients.sagemaker.send(
    new CreateEndpointCommand({
      EndpointName: name,
      EndpointConfigName: config.name,
      ...(Tags.length > 0 && { Tags }),
    }),
  );
  return { endpoint: name, way: 'endpoint' as const, configName: config.name };
}

interface FoundConfig {
  readonly name: string;
  readonly tags: readonly Tag[];
}

/** @returns the newest configuration that is marked with the endpoint's name */
async function findConfig(
  clients: AwsClients,
  endpointName: string,
  given: string | undefined,
): Promise<FoundConfig | undefined> {
  let NextToken: string | undefined;
  do {
    const page = await clients.sagemaker.send(
      new ListEndpointConfigsCommand({
        SortBy: 'CreationTime',
        SortOrder: 'Descending',
        NextToken,
        NameContains: given,
      }),
    );
    for (const { EndpointConfigName, EndpointConfigArn } of page.EndpointConfigs ?? []) {
      const tags = await readTags(clients, EndpointConfigArn!);
      const isMarked = tags.some(({ Key, Value }) => Key === pausedTag && Value === endpointName);
      if (given === undefined ? isMarked : EndpointConfigName === given) return { name: EndpointConfigName!, tags };
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return undefined;
}

async function readTags({ sagemaker }: AwsClients, ResourceArn: string): Promise<Tag[]> {
  return (await sagemaker.send(new ListTagsCommand({ ResourceArn }))).Tags ?? [];
}

async function componentArn({ sagemaker }: AwsClients, name: string): Promise<string> {
  const component = await sagemaker.send(new DescribeInferenceComponentCommand({ InferenceComponentName: name }));
  return component.InferenceComponentArn!;
}
