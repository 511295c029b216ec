import { z } from 'zod';
import { AwsError } from '../aws-errors.ts';
import type { ModelRequest } from '../resources/resources.ts';
import { nameSchema, operation, tagsSchema } from './operation.ts';
import { storedRequests } from './stored-requests.ts';

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

const stored = storedRequests<ModelRequest>({ noun: 'Model', kind: 'model', table: ({ models }) => models });

export const createModel = operation(modelSchema, ({ Tags, ...request }, gateway) => {
  const containers = request.PrimaryContainer === undefined ? request.Containers : [request.PrimaryContainer];
  if (containers?.length !== 1) {
    throw new AwsError(
      'ValidationException',
      `Model "${request.ModelName}" has ${containers?.length ?? 0} containers; this gateway runs models of one, as PrimaryContainer`,
    );
  }
  return stored.create(request.ModelName, request, Tags, gateway);
});

export const { describe: describeModel, list: listModels, remove: deleteModel } = stored;
