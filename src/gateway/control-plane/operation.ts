import { z } from 'zod';
import { AwsError } from '../aws-errors.ts';
import type { Gateway } from '../gateway.ts';

/** An operation of the control plane: reads a parsed JSON body, and gives what to answer. */
export type Operation = (body: unknown, gateway: Gateway) => unknown;

/** An operation whose input is of this shape. */
export function operation<Schema extends z.ZodType>(
  schema: Schema,
  answer: (input: z.output<Schema>, gateway: Gateway) => unknown,
): Operation {
  return (body, gateway) => answer(parse(schema, body), gateway);
}

/** @throws ValidationException in SageMaker's words, naming each field at fault */
function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  const problems = error.issues.map(
    ({ path, message }) => `Value at '${path.join('.')}' failed to satisfy constraint: ${message}`,
  );
  const count = `${problems.length} validation error${problems.length === 1 ? '' : 's'} detected`;
  throw new AwsError('ValidationException', `${count}: ${problems.join('; ')}`);
}

/** The name of a resource. */
export const nameSchema = z
  .string()
  .regex(
    /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/,
    'Member must satisfy regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}',
  );

export const tagsSchema = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) })).optional();
export type Tags = z.output<typeof tagsSchema>;

/** AWS's JSON has times in seconds since 1970. */
export function toSeconds(epochMs: number): number {
  return epochMs / 1000;
}
