import { z } from 'zod';
import { arnOf } from '../arn.ts';
import { listPage, listSchema } from './list-page.ts';
import { nameSchema, operation, tagsSchema, toSeconds } from './operation.ts';
import { setTags } from './tags.ts';

const seconds = z.int().min(60).max(3600).optional();

const variantSchema = z.looseObject({
  VariantName: nameSchema,
  ModelName: nameSchema.optional(),
  InstanceType: z
    .string()
    .regex(/^ml\.[a-z0-9-]+\.[a-z0-9-]+$/, 'Member must be an instance type such as ml.g5.2xlarge')
    .optional(),
  InitialInstanceCount: z.int().min(0).optional(),
  InitialVariantWeight: z.number().min(0).optional(),
  ContainerStartupHealthCheckTimeoutInSeconds: seconds,
  ModelDataDownloadTimeoutInSeconds: seconds,
});

const place = z.string().startsWith('s3://', 'Member must be an s3:// address').optional();

const configSchema = z.looseObject({
  EndpointConfigName: nameSchema,
  ProductionVariants: z.array(variantSchema).min(1).max(10),
  AsyncInferenceConfig: z
    .looseObject({ OutputConfig: z.looseObject({ S3OutputPath: place, S3FailurePath: place }).optional() })
    .optional(),
  Tags: tagsSchema,
});

const named = z.looseObject({ EndpointConfigName: nameSchema });

export const createEndpointConfig = operation(configSchema, ({ Tags, ...request }, { resources, surroundings }) => {
  const name = request.EndpointConfigName;
  for (const { ModelName } of request.ProductionVariants) {
    if (ModelName !== undefined) resources.models.get(ModelName);
  }
  const arn = arnOf(resources.account, 'endpoint-config', name);
  const now = surroundings.now();
  resources.endpointConfigs.add({ name, arn, createdAt: now, modifiedAt: now, request });
  setTags(resources, arn, Tags);
  return { EndpointConfigArn: arn };
});

export const describeEndpointConfig = operation(named, ({ EndpointConfigName }, { resources }) => {
  const { arn, createdAt, request } = resources.endpointConfigs.get(EndpointConfigName);
  return { ...request, EndpointConfigArn: arn, CreationTime: toSeconds(createdAt), EnableNetworkIsolation: false };
});

export const listEndpointConfigs = operation(listSchema, (input, { resources }) => {
  const { items, ...page } = listPage(resources.endpointConfigs.values(), input);
  const EndpointConfigs = items.map(({ name, arn, createdAt }) => ({
    EndpointConfigName: name,
    EndpointConfigArn: arn,
    CreationTime: toSeconds(createdAt),
  }));
  return { EndpointConfigs, ...page };
});

export const deleteEndpointConfig = operation(named, ({ EndpointConfigName }, { resources }) => {
  const { arn } = resources.endpointConfigs.get(EndpointConfigName);
  resources.endpointConfigs.delete(EndpointConfigName);
  resources.tags.delete(arn);
});
