import { z } from 'zod';
import { AwsError } from '../aws-errors.ts';
import type { Resources } from '../resources/resources.ts';
import { operation, type Tags, tagsSchema } from './operation.ts';

/** Adds tags to those that a resource has. */
export function setTags({ tags }: Resources, arn: string, added: Tags): void {
  const all = tags.get(arn) ?? new Map<string, string>();
  for (const { Key, Value } of added ?? []) all.set(Key, Value);
  tags.set(arn, all);
}

const resourceSchema = z.looseObject({ ResourceArn: z.string() });

/** @throws ValidationException for the ARN of nothing that is here */
function tagsOf({ tags }: Resources, arn: string) {
  const found = tags.get(arn);
  if (found !== undefined) return found;
  throw new AwsError('ValidationException', `The resource ${arn} does not exist.`);
}

const asList = (tags: ReadonlyMap<string, string>) => [...tags].map(([Key, Value]) => ({ Key, Value }));

export const addTags = operation(
  resourceSchema.extend({ Tags: tagsSchema }),
  ({ ResourceArn, Tags }, { resources }) => {
    tagsOf(resources, ResourceArn);
    setTags(resources, ResourceArn, Tags);
    return { Tags: asList(tagsOf(resources, ResourceArn)) };
  },
);

export const listTags = operation(resourceSchema, ({ ResourceArn }, { resources }) => ({
  Tags: asList(tagsOf(resources, ResourceArn)),
}));

export const deleteTags = operation(
  resourceSchema.extend({ TagKeys: z.array(z.string()) }),
  ({ ResourceArn, TagKeys }, { resources }) => {
    for (const key of TagKeys) tagsOf(resources, ResourceArn).delete(key);
    return {};
  },
);
