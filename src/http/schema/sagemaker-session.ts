import { z } from 'zod';

/** The body that opens or closes a session; which one to close is in a header. */
export const sessionRequestSchema = z
  .strictObject({ requestType: z.enum(['NEW_SESSION', 'CLOSE']) })
  .meta({ id: 'SessionRequest' });

export type SessionRequest = z.output<typeof sessionRequestSchema>;

export const sessionResponseSchema = z
  .union([z.object({ session_id: z.string(), expires: z.iso.datetime() }), z.object({ closed_session_id: z.string() })])
  .meta({ id: 'SessionResponse' });
