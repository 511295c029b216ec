import Koa from 'koa';
import { createRouter, refuseUnknown } from './create-router.ts';
import { allowOrigins } from './middleware/allow-origins.ts';
import { normalizePath } from './middleware/normalize-path.ts';
import { renderErrors } from './middleware/render-errors.ts';
import { createRoutes } from './routes/routes.ts';
import type { Services } from './services.ts';

/** The whole API as a Koa application. */
export function createApp(services: Services): Koa {
  const app = new Koa({ proxy: false });
  const router = createRouter(createRoutes(services.options, services.generator), services);
  app.use(allowOrigins(services.options.corsAllowOrigins));
  app.use(renderErrors(services.log));
  app.use(normalizePath);
  app.use(refuseUnknown(router));
  app.use(router.routes());
  app.on('error', (error: NodeJS.ErrnoException) => {
    if (!isDisconnect(error)) services.log.error({ err: error }, 'an answer could not be sent');
  });
  return app;
}

const disconnects = [
  'ERR_STREAM_PREMATURE_CLOSE',
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'ERR_STREAM_DESTROYED',
  'ERR_HTTP_REQUEST_TIMEOUT',
];

/** Clients that go away, that are too slow, or that break off in the middle of a body are daily business. */
function isDisconnect({ code = '' }: NodeJS.ErrnoException): boolean {
  return disconnects.includes(code) || code.startsWith('HPE_');
}
