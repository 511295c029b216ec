import type { Context } from 'koa';
import type { Authentication } from './credentials.ts';
import { verifyBearerToken } from './verify-bearer-token.ts';
import { verifySignature } from './verify-signature.ts';

/** Verifies the signature of a request, where signatures are asked for. @throws as verifySignature does */
export async function authenticateSignature(
  ctx: Context,
  body: Uint8Array,
  { authentication, now }: { readonly authentication: Authentication; readonly now: () => number },
): Promise<void> {
  if (authentication.kind === 'off') return;
  const url = new URL(ctx.req.url ?? '/', 'http://gateway');
  const headers = Object.fromEntries(
    Object.entries(ctx.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  );
  // The path as it came: URL would resolve what is dotted in it.
  const path = (ctx.req.url ?? '/').split('?', 1)[0]!;
  await verifySignature({ method: ctx.method, path, query: url.searchParams, headers, body }, authentication, now());
}

/** Verifies the bearer token of a request, where signatures are asked for. @throws as verifyBearerToken does */
export async function authenticateToken(
  ctx: Context,
  { authentication, now }: { readonly authentication: Authentication; readonly now: () => number },
): Promise<void> {
  if (authentication.kind === 'off') return;
  await verifyBearerToken(ctx.headers.authorization, authentication, now());
}
