import { randomUUID } from 'node:crypto';
import Koa from 'koa';
import { AwsError } from './aws-errors.ts';
import { createControlPlaneRouter } from './control-plane/control-plane-router.ts';
import type { Gateway } from './gateway.ts';
import { renderHubErrors } from './inference-endpoints/hub-error.ts';
import { createHubRouter } from './inference-endpoints/hub-router.ts';
import { renderErrors } from './render-errors.ts';
import { createRuntimeRouter } from './runtime/runtime-router.ts';

/** The gateway as a Koa application: SageMaker's runtime and control plane, and Hugging Face's Inference Endpoints.
 * @param publicUrl where clients find it; known once it listens */
export function createGateway(gateway: Gateway, publicUrl: () => string): Koa {
  const { log } = gateway.surroundings;
  const app = new Koa({ proxy: false });
  app.use(async (ctx, next) => {
    ctx.set('x-amzn-requestid', randomUUID());
    await next();
  });
  app.use(renderErrors(log));
  app.use(renderHubErrors);
  for (const router of [
    createRuntimeRouter(gateway),
    createControlPlaneRouter(gateway),
    createHubRouter(gateway, publicUrl),
  ]) {
    app.use(router.routes());
  }
  app.use((ctx) => {
    if (ctx.method === 'GET' && ctx.path === '/ping') {
      ctx.status = 200;
      return;
    }
    throw new AwsError('UnknownOperationException', `This gateway has no ${ctx.method} ${ctx.path}`);
  });
  app.on('error', (error: NodeJS.ErrnoException) => {
    if (!DISCONNECTS.includes(error.code ?? '')) log.error({ err: error }, 'an answer could not be sent');
  });
  return app;
}

/** Clients that go away, and models that break off, are daily business. */
const DISCONNECTS = [
  'ERR_STREAM_PREMATURE_CLOSE',
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'ERR_STREAM_DESTROYED',
  'ABORT_ERR',
];
