import { z } from 'zod';
import type { EndpointConfigRequest } from '../resources/resources.ts';
import { nameSchema, operation, tagsSchema } from './operation.ts';
import { storedRequests } from './stored-requests.ts';

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

const stored = storedRequests<EndpointConfigRequest>({
  noun: 'EndpointConfig',
  kind: 'endpoint-config',
  table: ({ endpointConfigs }) => endpointConfigs,
});

export const createEndpointConfig = operation(configSchema, ({ Tags, ...request }, gateway) => {
  for (const { ModelName } of request.ProductionVariants) {
    if (ModelName !== undefined) gateway.resources.models.get(ModelName);
  }
  return stored.create(request.EndpointConfigName, request, Tags, gateway);
});

export const { describe: describeEndpointConfig, list: listEndpointConfigs, remove: deleteEndpointConfig } = stored;
