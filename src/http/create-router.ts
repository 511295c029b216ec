import Router from '@koa/router';
import type { Middleware } from 'koa';
import { ParlanceError } from '../errors/errors.ts';
import { createHandler } from './handle-route.ts';
import type { Route } from './route.ts';
import type { Services } from './services.ts';

export function createRouter(routes: readonly Route[], services: Services): Router {
  const router = new Router({ strict: true, sensitive: true });
  for (const route of routes) {
    router.register([...route.paths], [route.method], createHandler(route, services));
  }
  return router;
}

/** Says that there is no route for a path, or none for its method. */
export function refuseUnknown(router: Router): Middleware {
  return async (ctx, next) => {
    const { path: layers, route: isMatched } = router.match(ctx.path, ctx.method);
    if (isMatched) return next();
    if (layers.length === 0) throw new ParlanceError('not_found', `there is no route ${ctx.path}`);
    const allowed = [...new Set(layers.flatMap(({ methods }) => methods))].join(',');
    ctx.set('allow', allowed);
    if (ctx.method === 'OPTIONS') {
      ctx.status = 204;
      return;
    }
    throw new ParlanceError('method_not_allowed', `${ctx.path} takes ${allowed}, not ${ctx.method}`);
  };
}
