import type { Context, Middleware } from 'koa';
import { errorTable } from '../../errors/errors.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { openaiDialect } from '../dialects/openai/openai-dialect.ts';
import { tgiDialect } from '../dialects/tgi/tgi-dialect.ts';
import { toJson } from '../json/to-json.ts';
import type { Log } from '../services.ts';
import { toParlanceError } from '../to-parlance-error.ts';

/** Renders whatever is thrown below, in the dialect of the route. */
export function renderErrors(log: Log): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      if (ctx.state.signal?.aborted) return;
      const { code } = toParlanceError(error, log);
      ctx.status = errorTable[code].status;
      ctx.type = 'application/json';
      ctx.body = toJson(dialectOf(ctx).errorBody(toParlanceError(error)));
      // What is left of a refused body is read and dropped, so that the client gets to read the answer.
      ctx.req.resume();
    }
  };
}

function dialectOf(ctx: Context): Dialect {
  return ctx.state.dialect ?? (/^\/(openai\/)?v1(\/|$)/.test(ctx.path) ? openaiDialect : tgiDialect);
}
