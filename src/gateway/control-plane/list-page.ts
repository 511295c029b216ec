import { z } from 'zod';
import { AwsError } from '../aws-errors.ts';
import type { Resource } from '../resources/resource-table.ts';

/** What every List operation takes. */
export const listSchema = z.looseObject({
  MaxResults: z.int().min(1).max(100).default(10),
  NextToken: z.string().optional(),
  NameContains: z.string().optional(),
  SortBy: z.string().default('CreationTime'),
  SortOrder: z.enum(['Ascending', 'Descending']).default('Descending'),
  CreationTimeBefore: z.number().optional(),
  CreationTimeAfter: z.number().optional(),
  StatusEquals: z.string().optional(),
});

export type ListInput = z.output<typeof listSchema>;

export interface Page<Kind> {
  readonly items: readonly Kind[];
  readonly NextToken?: string;
}

type Listed = Resource & { readonly status?: string };

/** The page of a list that a request asks for. @throws ValidationException for a token that no page gave */
export function listPage<Kind extends Listed>(resources: readonly Kind[], input: ListInput): Page<Kind> {
  const {
    NameContains = '',
    CreationTimeAfter = 0,
    CreationTimeBefore = Number.POSITIVE_INFINITY,
    StatusEquals,
  } = input;
  const found = resources
    .filter(({ name }) => name.toLowerCase().includes(NameContains.toLowerCase()))
    .filter(({ createdAt }) => createdAt / 1000 > CreationTimeAfter && createdAt / 1000 < CreationTimeBefore)
    .filter(({ status }) => StatusEquals === undefined || status === StatusEquals)
    .sort(input.SortBy === 'Name' ? byName : byCreation);
  if (input.SortOrder === 'Descending') found.reverse();
  const from = offsetOf(input.NextToken);
  const to = from + input.MaxResults;
  return { items: found.slice(from, to), ...(to < found.length ? { NextToken: tokenOf(to) } : {}) };
}

const byName = (a: Resource, b: Resource) => (a.name < b.name ? -1 : 1);
const byCreation = (a: Resource, b: Resource) => a.createdAt - b.createdAt;

function tokenOf(offset: number): string {
  return Buffer.from(String(offset)).toString('base64');
}

function offsetOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const offset = Number(Buffer.from(token, 'base64').toString());
  if (Number.isInteger(offset) && offset > 0) return offset;
  throw new AwsError('ValidationException', `NextToken '${token}' is none that a list gave`);
}
