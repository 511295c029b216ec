import type { Middleware } from 'koa';

/** A refusal as Hugging Face's API words it: a status, and a text under `error`. */
export class HubError extends Error {
  override readonly name = 'HubError';
  readonly status: 400 | 401 | 404 | 409 | 413 | 502 | 503;

  constructor(status: HubError['status'], message: string) {
    super(message);
    this.status = status;
  }
}

/** Tells the HubErrors that are thrown below. */
export const renderHubErrors: Middleware = async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    ctx.status = error.status;
    ctx.body = { error: error.message };
    ctx.req.resume();
  }
};
