import type { IncomingMessage } from 'node:http';
import getRawBody from 'raw-body';
import { AwsError, type AwsErrorName } from './aws-errors.ts';

/** Reads a request's body.
 * @param refusal what a body over `maxBytes` is refused with
 * @throws it, and SerializationException for a body that does not arrive whole */
export async function readBody(request: IncomingMessage, maxBytes: number, refusal: AwsErrorName): Promise<Buffer> {
  const length = request.headers['content-length'];
  try {
    return await getRawBody(request, { limit: maxBytes, ...(length === undefined ? {} : { length }) });
  } catch (error) {
    if (error instanceof Error && 'type' in error && error.type === 'entity.too.large') {
      throw new AwsError(
        refusal,
        `Request ${length ?? ''} has a body over the limit of ${maxBytes} bytes`.replace('  ', ' '),
      );
    }
    throw new AwsError('SerializationException', 'The body of the request did not arrive whole');
  }
}
