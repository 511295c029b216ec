import { z } from 'zod';
import { arnOf, type ResourceKind } from '../arn.ts';
import type { Gateway } from '../gateway.ts';
import type { ResourceTable } from '../resources/resource-table.ts';
import type { Resources, StoredRequest } from '../resources/resources.ts';
import { listPage, listSchema } from './list-page.ts';
import { nameSchema, operation, type Tags, toSeconds } from './operation.ts';
import { setTags } from './tags.ts';

/** A kind of resource that is kept as its Create operation was asked for it. */
export interface StoredKind<Request> {
  /** As the operations and their fields have it, such as the `Model` of DescribeModel and ModelName. */
  readonly noun: string;
  readonly kind: ResourceKind;
  table(resources: Resources): ResourceTable<StoredRequest<Request>>;
}

/** The operations on such a kind: what Create does once it has checked what it was asked, and all the others. */
export function storedRequests<Request extends object>({ noun, kind, table }: StoredKind<Request>) {
  const nameField = `${noun}Name`;
  const arnField = `${noun}Arn`;
  const named = z.looseObject({ [nameField]: nameSchema });
  return {
    create(name: string, request: Request, tags: Tags, { resources, surroundings }: Gateway) {
      const arn = arnOf(resources.account, kind, name);
      const now = surroundings.now();
      table(resources).add({ name, arn, createdAt: now, modifiedAt: now, request });
      setTags(resources, arn, tags);
      return { [arnField]: arn };
    },
    describe: operation(named, (input, { resources }) => {
      const { arn, createdAt, request } = table(resources).get(input[nameField]!);
      return { EnableNetworkIsolation: false, ...request, [arnField]: arn, CreationTime: toSeconds(createdAt) };
    }),
    list: operation(listSchema, (input, { resources }) => {
      const { items, ...page } = listPage(table(resources).values(), input);
      const listed = items.map(({ name, arn, createdAt }) => ({
        [nameField]: name,
        [arnField]: arn,
        CreationTime: toSeconds(createdAt),
      }));
      return { [`${noun}s`]: listed, ...page };
    }),
    remove: operation(named, (input, { resources }) => {
      const { name, arn } = table(resources).get(input[nameField]!);
      table(resources).delete(name);
      resources.tags.delete(arn);
    }),
  };
}
