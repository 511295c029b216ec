import type { IncomingMessage } from 'node:http';
import getRawBody from 'raw-body';
import { AwsError } from './aws-errors.ts';

/** Reads a request's body.
 * @param refuse makes the error that a body over `maxBytes` is refused with
 * @throws it, and SerializationException for a body that does not arrive whole */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
  refuse: (message: string) => Error,
): Promise<Buffer> {
  const length = request.headers['content-length'];
  try {
    return await getRawBody(request, { limit: maxBytes, ...(length === undefined ? {} : { length }) });
  } catch (error) {
    if (error instanceof Error && 'type' in error && error.type === 'entity.too.large') {
      const size = length === undefined ? '' : ` of ${length} bytes`;
      throw refuse(`The request's body${size} is over the limit of ${maxBytes} bytes`);
    }
    throw new AwsError('SerializationException', 'The body of the request did not arrive whole');
  }
}
