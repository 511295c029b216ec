import Koa from 'koa';
import { ParlanceError } from '../errors/errors.ts';
import { normalizePath } from './middleware/normalize-path.ts';
import { renderErrors } from './middleware/render-errors.ts';
import type { Log } from './services.ts';

/** What answers while there is no model yet: every request is refused, in the dialect of its path.
 * @param stage what is being done, asked at each request */
export function createLoadingApp(log: Log, stage: () => string): Koa {
  const app = new Koa({ proxy: false });
  app.use(renderErrors(log));
  app.use(normalizePath);
  app.use(() => {
    throw new ParlanceError('unavailable', `the model is loading: ${stage()}`);
  });
  return app;
}
