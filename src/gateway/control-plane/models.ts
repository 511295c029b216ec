import { z } from 'zod';
import { arnOf } from '../arn.ts';
import { AwsError } from '../aws-errors.ts';
import { listPage, listSchema } from './list-page.ts';
import { nameSchema, operation, tagsSchema, toSeconds } from './operation.ts';
import { setTags } from './tags.ts';

export const containerSchema = z.looseObject({
  Image: z.string().optional(),
  Environment: z.record(z.string(), z.string()).optional(),
  ModelDataUrl: z.string().optional(),
  ModelDataSource: z
    .looseObject({ S3DataSource: z.looseObject({ S3Uri: z.string().optional() }).optional() })
    .optional(),
});

const modelSchema = z.looseObject({
  ModelName: nameSchema,
  ExecutionRoleArn: z.string().optional(),
  PrimaryContainer: containerSchema.optional(),
  Containers: z.array(containerSchema).optional(),
  Tags: tagsSchema,
});

const named = z.looseObject({ ModelName: nameSchema });

export const createModel = operation(modelSchema, ({ Tags, ...request }, { resources, surroundings }) => {
  const containers = request.PrimaryContainer === undefined ? request.Containers : [request.PrimaryContainer];
  if (containers?.length !== 1) {
    throw new AwsError(
      'ValidationException',
      `Model "${request.ModelName}" has ${containers?.length ?? 0} containers; this gateway runs models of one, as PrimaryContainer`,
    );
  }
  const arn = arnOf(resources.account, 'model', request.ModelName);
  const now = surroundings.now();
  resources.models.add({ name: request.ModelName, arn, createdAt: now, modifiedAt: now, request });
  setTags(resources, arn, Tags);
  return { ModelArn: arn };
});

export const describeModel = operation(named, ({ ModelName }, { resources }) => {
  const { arn, createdAt, request } = resources.models.get(ModelName);
  return { ...request, ModelArn: arn, CreationTime: toSeconds(createdAt), EnableNetworkIsolation: false };
});

export const listModels = operation(listSchema, (input, { resources }) => {
  const { items, ...page } = listPage(resources.models.values(), input);
  const Models = items.map(({ name, arn, createdAt }) => ({
    ModelName: name,
    ModelArn: arn,
    CreationTime: toSeconds(createdAt),
  }));
  return { Models, ...page };
});

export const deleteModel = operation(named, ({ ModelName }, { resources }) => {
  const { arn } = resources.models.get(ModelName);
  resources.models.delete(ModelName);
  resources.tags.delete(arn);
});
