import type { Context } from 'koa';
import type { Gateway } from '../gateway.ts';
import type { Selection } from './find-target.ts';
import { openInvocation, post } from './invoke.ts';

/** The OpenAI path: the container's answer as it is, streamed or not, refusals included.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints-openai-compatible.html */
export async function invokeOpenai(
  ctx: Context,
  { selection, body }: { readonly selection: Selection; readonly body: Buffer },
  gateway: Gateway,
): Promise<void> {
  const invocation = openInvocation(ctx, selection, gateway.options.limits.streamMs, gateway);
  const headers = { 'content-type': ctx.get('content-type'), accept: ctx.get('accept') || '*/*' };
  const answer = await post({ path: '/v1/chat/completions', headers, body }, invocation, gateway);
  ctx.status = answer.statusCode ?? 502;
  ctx.body = answer;
  ctx.set('content-type', answer.headers['content-type'] ?? 'application/octet-stream');
}
