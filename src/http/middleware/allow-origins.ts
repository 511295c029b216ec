import cors from '@koa/cors';
import type { Middleware } from 'koa';

/** Answers pre-flights, and tells browsers which pages may read an answer.
 * @param origins none: all */
export function allowOrigins(origins: readonly string[]): Middleware {
  const isAllowed = (origin: string) => origins.includes(origin);
  return cors({
    origin: origins.length === 0 ? '*' : (ctx) => (isAllowed(ctx.get('origin')) ? ctx.get('origin') : ''),
    allowMethods: ['GET', 'POST'],
  });
}
