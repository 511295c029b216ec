import { z } from 'zod';
import { documented } from './documented.ts';

const schemaField = {
  schema: documented(
    z.unknown().refine((schema) => typeof schema === 'object' && schema !== null, 'expected a JSON Schema'),
    { type: 'object' },
  ),
};

const given = documented(
  z.unknown().refine((value) => value !== null, 'expected a JSON Schema'),
  { type: 'object' },
);

/** What a chat's answer must be: OpenAI's forms, and TGI's, which have a `value`. */
export const responseFormatSchema = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('text') }),
    z.object({ type: z.literal('json_object'), value: given.optional() }),
    z.object({ type: z.literal('json'), value: given }),
    z.object({ type: z.literal('regex'), value: documented(z.string(), { format: 'regex' }) }),
    z.object({
      type: z.literal('json_schema'),
      json_schema: z.object(schemaField).optional(),
      value: z.object(schemaField).optional(),
    }),
  ])
  .meta({ id: 'ResponseFormat' });

export type ResponseFormat = z.output<typeof responseFormatSchema>;
