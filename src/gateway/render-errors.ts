import type { Context, Middleware } from 'koa';
import { AwsError } from './aws-errors.ts';
import type { Log } from './gateway-options.ts';

/** Tells what is thrown below as AWS tells it: by the header that REST clients read, and by the body. On the OpenAI path,
 * whose own errors AWS does not document, the body is OpenAI's. */
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

function render(ctx: Context, error: AwsError): void {
  const { code, status, message, fields } = error;
  ctx.status = status;
  ctx.set('x-amzn-errortype', code);
  if (ctx.get('x-amz-target') !== '') {
    ctx.body = { __type: code, message };
    ctx.set('content-type', 'application/x-amz-json-1.1');
  } else if (ctx.path.includes('/openai/v1/')) {
    ctx.body = { error: { message, type: code, param: null, code } };
  } else {
    ctx.body = { Message: message, ...fields };
  }
}
