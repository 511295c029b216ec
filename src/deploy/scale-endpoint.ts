import {
  UpdateEndpointWeightsAndCapacitiesCommand,
  UpdateInferenceComponentRuntimeConfigCommand,
} from '@aws-sdk/client-sagemaker';
import { ParlanceError } from '../errors/errors.ts';
import { type ScalingRange, scalablesOf, setRange } from './autoscaling.ts';
import type { AwsClients } from './aws-clients.ts';
import { describeEndpoint, type EndpointDescription } from './describe-endpoint.ts';

/** What to bring an endpoint to: as many copies or instances, a range that scaling stays in, or both. */
export interface ScaleRequest {
  readonly count?: number | undefined;
  readonly range?: ScalingRange | undefined;
}

/** Scales the copies of an endpoint's components, or its instances where it has its model itself.
 * @throws unknown_endpoint, validation for no instances without components */
export async function scaleEndpoint(
  clients: AwsClients,
  name: string,
  { count, range }: ScaleRequest,
): Promise<EndpointDescription> {
  const endpoint = await describeEndpoint(clients, name);
  const hasComponents = endpoint.components.length > 0;
  if (!hasComponents && (count === 0 || range?.min === 0))
    throw new ParlanceError(
      'validation',
      `endpoint ${name} has no inference component, so it can't be without instances: \`parlance pause ${name}\` deletes it and keeps its configuration, or deploy it with --scale-to-zero`,
    );
  if (range) for (const scalable of scalablesOf(endpoint)) await setRange(clients, scalable, range);
  if (count === undefined) return endpoint;
  if (hasComponents) for (const component of endpoint.components) await setCopies(clients, component.name, count);
  else await setInstances(clients, endpoint, count);
  return endpoint;
}

/** Sets how many copies of an inference component run. */
export async function setCopies({ sagemaker }: AwsClients, componentName: string, count: number): Promise<void> {
  await sagemaker.send(
    new UpdateInferenceComponentRuntimeConfigCommand({
      InferenceComponentName: componentName,
      DesiredRuntimeConfig: { CopyCount: count },
    }),
  );
}

async function setInstances({ sagemaker }: AwsClients, endpoint: EndpointDescription, count: number): Promise<void> {
  await sagemaker.send(
    new UpdateEndpointWeightsAndCapacitiesCommand({
      EndpointName: endpoint.name,
      DesiredWeightsAndCapacities: endpoint.variants.map((variant) => ({
        VariantName: variant.name,
        DesiredInstanceCount: count,
      })),
    }),
  );
}
