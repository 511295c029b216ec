import Router from '@koa/router';
import { authenticateSignature } from '../authentication/authenticate.ts';
import { AwsError } from '../aws-errors.ts';
import type { Gateway } from '../gateway.ts';
import { readBody } from '../read-body.ts';
import { operations } from './operations.ts';

const TARGET = 'SageMaker.';
/** More than any request of the control plane needs. */
const MAX_BODY_BYTES = 1 << 20;

/** SageMaker's control plane: every operation is a POST to the root, named by a header (AWS JSON 1.1). */
export function createControlPlaneRouter(gateway: Gateway): Router {
  const { options, surroundings } = gateway;
  const router = new Router();
  router.post('/', async (ctx) => {
    const body = await readBody(ctx.req, MAX_BODY_BYTES, (message) => new AwsError('ValidationException', message));
    await authenticateSignature(ctx, body, { authentication: options.authentication, now: surroundings.now });
    const target = ctx.get('x-amz-target');
    const operation = target.startsWith(TARGET) ? operations.get(target.slice(TARGET.length)) : undefined;
    if (operation === undefined) {
      throw new AwsError(
        'UnknownOperationException',
        `This gateway has no operation ${target === '' ? 'without X-Amz-Target' : target}`,
      );
    }
    const answer = await operation(parseJson(body), gateway);
    ctx.status = 200;
    ctx.body = answer === undefined ? '' : JSON.stringify(answer);
    ctx.set('content-type', 'application/x-amz-json-1.1');
  });
  return router;
}

/** @throws SerializationException */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.length === 0 ? '{}' : body.toString());
  } catch {
    throw new AwsError('SerializationException', 'The body of the request is not JSON');
  }
}
