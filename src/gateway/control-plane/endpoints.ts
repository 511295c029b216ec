import { z } from 'zod';
import { arnOf } from '../arn.ts';
import { AwsError } from '../aws-errors.ts';
import type { Gateway } from '../gateway.ts';
import type { AsyncOutput, Endpoint, EndpointConfigRequest, Variant } from '../resources/resources.ts';
import { planVariants, settle, startVariants, stopVariants } from './endpoint-lifecycle.ts';
import { listPage, listSchema } from './list-page.ts';
import { nameSchema, operation, tagsSchema, toSeconds } from './operation.ts';
import { setTags } from './tags.ts';

const named = z.looseObject({ EndpointName: nameSchema });
const configured = named.extend({ EndpointConfigName: nameSchema });

export const createEndpoint = operation(configured.extend({ Tags: tagsSchema }), (input, gateway) => {
  const { EndpointName: name, EndpointConfigName: configName, Tags } = input;
  const { resources, surroundings } = gateway;
  const { request } = resources.endpointConfigs.get(configName);
  const planned = planVariants(name, request, gateway);
  const now = surroundings.now();
  const endpoint: Endpoint = {
    name,
    arn: arnOf(resources.account, 'endpoint', name),
    createdAt: now,
    modifiedAt: now,
    configName,
    status: 'Creating',
    failureReason: undefined,
    variants: planned.map(({ variant }) => variant),
    asyncOutput: asyncOutput(request),
  };
  resources.endpoints.add(endpoint);
  setTags(resources, endpoint.arn, Tags);
  void startVariants(planned).then((reason) => {
    if (endpoint.status === 'Creating') settle(endpoint, reason, surroundings.now());
  });
  return { EndpointArn: endpoint.arn };
});

function asyncOutput({ AsyncInferenceConfig }: EndpointConfigRequest): AsyncOutput | undefined {
  const { S3OutputPath, S3FailurePath } = AsyncInferenceConfig?.OutputConfig ?? {};
  return S3OutputPath === undefined
    ? undefined
    : { outputPath: S3OutputPath, failurePath: S3FailurePath ?? S3OutputPath };
}

export const describeEndpoint = operation(named, ({ EndpointName }, { resources }) => {
  const endpoint = resources.endpoints.get(EndpointName);
  const { failureReason, status } = endpoint;
  return {
    EndpointName: endpoint.name,
    EndpointArn: endpoint.arn,
    EndpointConfigName: endpoint.configName,
    EndpointStatus: status,
    ...(failureReason === undefined ? {} : { FailureReason: failureReason }),
    // A new endpoint has none until it is in service.
    ...(status === 'Creating' || status === 'Failed'
      ? {}
      : { ProductionVariants: endpoint.variants.map(describeVariant) }),
    CreationTime: toSeconds(endpoint.createdAt),
    LastModifiedTime: toSeconds(endpoint.modifiedAt),
  };
});

function describeVariant({ name, weight, instanceCount, image }: Variant) {
  return {
    VariantName: name,
    ...(image === undefined ? {} : { DeployedImages: [{ SpecifiedImage: image, ResolvedImage: image }] }),
    CurrentWeight: weight,
    DesiredWeight: weight,
    CurrentInstanceCount: instanceCount,
    DesiredInstanceCount: instanceCount,
  };
}

export const listEndpoints = operation(listSchema, (input, { resources }) => {
  const { items, ...page } = listPage(resources.endpoints.values(), input);
  const Endpoints = items.map(({ name, arn, status, createdAt, modifiedAt }) => ({
    EndpointName: name,
    EndpointArn: arn,
    EndpointStatus: status,
    CreationTime: toSeconds(createdAt),
    LastModifiedTime: toSeconds(modifiedAt),
  }));
  return { Endpoints, ...page };
});

export const updateEndpoint = operation(
  configured.extend({ RetainAllVariantProperties: z.boolean().default(false) }),
  (input, gateway) => {
    const endpoint = settledEndpoint(input.EndpointName, gateway);
    const { request } = gateway.resources.endpointConfigs.get(input.EndpointConfigName);
    const planned = planVariants(endpoint.name, request, gateway);
    if (input.RetainAllVariantProperties) {
      for (const { variant } of planned) retainProperties(variant, endpoint);
    }
    endpoint.status = 'Updating';
    endpoint.modifiedAt = gateway.surroundings.now();
    // The old variants answer until the new ones do, and for good where these fail.
    void startVariants(planned).then(async (reason) => {
      const fresh = planned.map(({ variant }) => variant);
      const isInTime = endpoint.status === 'Updating';
      const [left, kept] = reason === undefined && isInTime ? [endpoint.variants, fresh] : [fresh, endpoint.variants];
      if (isInTime) {
        endpoint.variants = kept;
        endpoint.configName = reason === undefined ? input.EndpointConfigName : endpoint.configName;
        endpoint.asyncOutput = reason === undefined ? asyncOutput(request) : endpoint.asyncOutput;
        settle(endpoint, undefined, gateway.surroundings.now());
        endpoint.failureReason = reason;
      }
      await stopVariants(left);
    });
    return { EndpointArn: endpoint.arn };
  },
);

function retainProperties(variant: Variant, { variants }: Endpoint): void {
  const before = variants.find(({ name }) => name === variant.name);
  if (before === undefined) return;
  variant.weight = before.weight;
  variant.instanceCount = before.instanceCount;
}

/** @throws ValidationException for one that is not there, or that is being changed */
function settledEndpoint(name: string, { resources }: Gateway): Endpoint {
  const endpoint = resources.endpoints.get(name);
  if (endpoint.status === 'InService' || endpoint.status === 'Failed') return endpoint;
  throw new AwsError('ValidationException', `Cannot update in-progress endpoint "${endpoint.arn}".`);
}

const weightSchema = z.looseObject({
  VariantName: nameSchema,
  DesiredWeight: z.number().min(0).optional(),
  DesiredInstanceCount: z.int().min(0).optional(),
});

export const updateEndpointWeightsAndCapacities = operation(
  named.extend({ DesiredWeightsAndCapacities: z.array(weightSchema).min(1) }),
  ({ EndpointName, DesiredWeightsAndCapacities }, gateway) => {
    const endpoint = settledEndpoint(EndpointName, gateway);
    const changes = DesiredWeightsAndCapacities.map((asked) => {
      const variant = endpoint.variants.find(({ name }) => name === asked.VariantName);
      if (variant !== undefined) return { variant, asked };
      throw new AwsError(
        'ValidationException',
        `Could not find variant "${asked.VariantName}" of endpoint "${endpoint.arn}".`,
      );
    });
    for (const { variant, asked } of changes) {
      variant.weight = asked.DesiredWeight ?? variant.weight;
      variant.instanceCount = asked.DesiredInstanceCount ?? variant.instanceCount;
    }
    endpoint.modifiedAt = gateway.surroundings.now();
    return { EndpointArn: endpoint.arn };
  },
);

export const deleteEndpoint = operation(named, ({ EndpointName }, { resources }) => {
  const endpoint = resources.endpoints.get(EndpointName);
  const components = resources.components.values().filter(({ endpointName }) => endpointName === endpoint.name);
  if (components.length > 0) {
    const names = components.map(({ name }) => name).join(', ');
    throw new AwsError(
      'ValidationException',
      `Cannot delete endpoint "${endpoint.arn}" while it has inference components: ${names}.`,
    );
  }
  endpoint.status = 'Deleting';
  resources.endpoints.delete(endpoint.name);
  resources.tags.delete(endpoint.arn);
  // What its containers are answering still ends; the name is free.
  void stopVariants(endpoint.variants);
});
