import { z } from 'zod';
import { documented } from './documented.ts';

const schema = (name: string) =>
  documented(
    z.unknown().refine((value) => value !== undefined, `missing field \`${name}\``),
    { type: 'object', properties: { properties: { type: 'object' } }, required: ['properties'] },
  );

/** TGI's constraint on a text, as `grammar` of /generate and as `response_format` of a chat. */
export const grammarSchema = z
  .discriminatedUnion('type', [
    z.object({
      type: z.enum(['json', 'json_object']),
      value: schema('value'),
    }),
    z.object({ type: z.literal('regex'), value: documented(z.string(), { format: 'regex' }) }),
    z.object({
      type: z.literal('json_schema'),
      value: z.object({ schema: schema('schema') }),
    }),
  ])
  .meta({ id: 'GrammarType' });

export type Grammar = z.output<typeof grammarSchema>;
