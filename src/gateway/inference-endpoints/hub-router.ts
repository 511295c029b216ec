import Router from '@koa/router';
import type { Context } from 'koa';
import type { z } from 'zod';
import type { Gateway } from '../gateway.ts';
import { readBody } from '../read-body.ts';
import { type HubEndpoint, hubEndpointSchema, hubUpdateSchema, renderHubEndpoint } from './hub-endpoint.ts';
import { HubError } from './hub-error.ts';
import { proxyToEndpoint } from './proxy.ts';

const MAX_BODY_BYTES = 1 << 20;

/** The routes of Hugging Face's Inference Endpoints that huggingface_hub calls, and those of the endpoints themselves.
 * @param publicUrl where clients find the gateway; known once it listens
 * @see https://api.endpoints.huggingface.cloud */
export function createHubRouter(gateway: Gateway, publicUrl: () => string): Router {
  const { options, hubEndpoints } = gateway;
  const router = new Router();
  const collection = `/v2/endpoint/${options.namespace}`;
  const render = (endpoint: HubEndpoint) =>
    renderHubEndpoint(endpoint, `${publicUrl()}${pathOf(options.namespace, endpoint)}`);
  const authenticate = (ctx: Context) => {
    if (options.authentication.kind === 'sigv4') needToken(ctx);
  };

  router.get('/api/whoami-v2', (ctx) => {
    authenticate(ctx);
    const { namespace } = options;
    ctx.body = { type: 'user', id: namespace, name: namespace, fullname: namespace, orgs: [], canPay: true };
  });
  router.get(collection, (ctx) => {
    authenticate(ctx);
    ctx.body = { items: hubEndpoints.values().map(render) };
  });
  router.post(collection, async (ctx) => {
    authenticate(ctx);
    ctx.body = render(hubEndpoints.create(parse(hubEndpointSchema, await readJson(ctx))));
  });
  router.get(`${collection}/:name`, (ctx) => {
    authenticate(ctx);
    ctx.body = render(hubEndpoints.get(ctx.params.name!));
  });
  router.put(`${collection}/:name`, async (ctx) => {
    authenticate(ctx);
    const changes = parse(hubUpdateSchema, await readJson(ctx));
    const { request } = hubEndpoints.get(ctx.params.name!);
    const merged = {
      ...request,
      ...changes,
      compute: { ...request.compute, ...changes.compute },
      model: { ...request.model, ...changes.model },
    };
    ctx.body = render(hubEndpoints.update(request.name, parse(hubEndpointSchema, merged)));
  });
  router.post(`${collection}/:name/pause`, async (ctx) => {
    authenticate(ctx);
    ctx.body = render(await hubEndpoints.rest(ctx.params.name!, 'paused'));
  });
  router.post(`${collection}/:name/scale-to-zero`, async (ctx) => {
    authenticate(ctx);
    ctx.body = render(await hubEndpoints.rest(ctx.params.name!, 'scaledToZero'));
  });
  router.post(`${collection}/:name/resume`, (ctx) => {
    authenticate(ctx);
    ctx.body = render(hubEndpoints.resume(ctx.params.name!));
  });
  router.delete(`${collection}/:name`, async (ctx) => {
    authenticate(ctx);
    await hubEndpoints.delete(ctx.params.name!);
    ctx.status = 200;
    ctx.body = {};
  });
  router.all(`/inference-endpoints/${options.namespace}/:name{/*path}`, async (ctx) => {
    const endpoint = hubEndpoints.get(ctx.params.name!);
    if (endpoint.request.type !== 'public') authenticate(ctx);
    await proxyToEndpoint(ctx, endpoint, pathOf(options.namespace, endpoint), gateway);
  });
  return router;
}

/** Where an endpoint is served. */
function pathOf(namespace: string, { request }: HubEndpoint): string {
  return `/inference-endpoints/${namespace}/${request.name}`;
}

/** The gateway knows no tokens, so it asks for one and takes any. @throws HubError 401 */
function needToken(ctx: Context): void {
  if (/^bearer \S/i.test(ctx.get('authorization'))) return;
  throw new HubError(401, 'Unauthorized: a token is needed, as `Authorization: Bearer hf_…`');
}

/** @throws HubError 400, 413 */
async function readJson(ctx: Context): Promise<unknown> {
  const body = await readBody(ctx.req, MAX_BODY_BYTES, (message) => new HubError(413, message));
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new HubError(400, 'The body of the request is not JSON');
  }
}

/** @throws HubError 400 that names the field */
function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  throw new HubError(400, error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}
