import type { Context, Middleware } from 'koa';
import { AwsError } from './aws-errors.ts';
import type { Log } from './gateway-options.ts';

/** Tells what is thrown below as AWS tells it: by the header that REST clients read, and by the body. */
export function renderErrors(log: Log): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const known = error instanceof AwsError ? error : new AwsError('InternalFailure', 'An internal failure occurred');
      if (known !== error) log.error({ err: error }, `${ctx.method} ${ctx.path} failed`);
      render(ctx, known);
      // What is left of a refused body is read and dropped, so that the client gets to read the answer.
      ctx.req.resume();
    }
  };
}

function render(ctx: Context, { code, status, message, fields }: AwsError): void {
  ctx.status = status;
  ctx.set('x-amzn-errortype', code);
  const isControlPlane = ctx.get('x-amz-target') !== '';
  ctx.body = isControlPlane ? { __type: code, message } : { Message: message, ...fields };
  ctx.set('content-type', isControlPlane ? 'application/x-amz-json-1.1' : 'application/json');
}
