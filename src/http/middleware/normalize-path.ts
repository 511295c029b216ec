import type { Middleware } from 'koa';

/** Lets doubled and trailing slashes pass on OpenAI's paths: clients get them by joining a base URL with a path. */
export const normalizePath: Middleware = async (ctx, next) => {
  const path = ctx.path.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
  if (/^\/(openai\/)?v1(\/|$)/.test(path)) ctx.path = path;
  await next();
};
