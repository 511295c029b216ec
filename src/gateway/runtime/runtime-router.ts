import Router from '@koa/router';
import type { Context } from 'koa';
import { authenticateSignature, authenticateToken } from '../authentication/authenticate.ts';
import { AwsError } from '../aws-errors.ts';
import type { Gateway } from '../gateway.ts';
import { readBody } from '../read-body.ts';
import { invokeAsync } from './invoke-async.ts';
import { invokeEndpoint } from './invoke-endpoint.ts';
import { invokeOpenai } from './invoke-openai.ts';
import { invokeWithResponseStream } from './invoke-with-response-stream.ts';

/** SageMaker's runtime API, and its OpenAI path. */
export function createRuntimeRouter(gateway: Gateway): Router {
  const { authentication, limits } = gateway.options;
  const verification = { authentication, now: gateway.surroundings.now };
  const router = new Router();

  const bodyOf = (ctx: Context) =>
    readBody(ctx.req, limits.payloadBytes, (message) => new AwsError('ValidationError', message));
  const signedBody = async (ctx: Context) => {
    const body = await bodyOf(ctx);
    await authenticateSignature(ctx, body, verification);
    return body;
  };
  router.post('/endpoints/:endpoint/invocations', async (ctx) => {
    await invokeEndpoint(ctx, { endpointName: ctx.params.endpoint!, body: await signedBody(ctx) }, gateway);
  });
  router.post('/endpoints/:endpoint/invocations-response-stream', async (ctx) => {
    await invokeWithResponseStream(ctx, { endpointName: ctx.params.endpoint!, body: await signedBody(ctx) }, gateway);
  });
  router.post('/endpoints/:endpoint/async-invocations', async (ctx) => {
    await signedBody(ctx);
    await invokeAsync(ctx, ctx.params.endpoint!, gateway);
  });

  const openai = async (ctx: Context, endpointName: string, componentName: string | undefined) => {
    await authenticateToken(ctx, verification);
    const selection = { endpointName, componentName, variantName: undefined };
    await invokeOpenai(ctx, { selection, body: await bodyOf(ctx) }, gateway);
  };
  router.post('/endpoints/:endpoint/openai/v1/chat/completions', (ctx) => openai(ctx, ctx.params.endpoint!, undefined));
  router.post('/endpoints/:endpoint/inference-components/:component/openai/v1/chat/completions', (ctx) =>
    openai(ctx, ctx.params.endpoint!, ctx.params.component),
  );
  return router;
}
