import { z } from 'zod';

/** TGI's constraint on a text, as `grammar` of /generate and as `response_format` of a chat. */
export const grammarSchema = z
  .discriminatedUnion('type', [
    z.object({
      type: z.enum(['json', 'json_object']),
      value: z.unknown().refine((value) => value !== undefined, 'missing field `value`'),
    }),
    z.object({ type: z.literal('regex'), value: z.string() }),
    z.object({
      type: z.literal('json_schema'),
      value: z.object({ schema: z.unknown().refine((value) => value !== undefined, 'missing field `schema`') }),
    }),
  ])
  .meta({ id: 'GrammarType' });

export type Grammar = z.output<typeof grammarSchema>;
