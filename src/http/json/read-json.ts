import type { IncomingMessage } from 'node:http';
import getRawBody from 'raw-body';
import { ParlanceError } from '../../errors/errors.ts';
import { parseJson } from './parse-json.ts';

const jsonMediaType = /^application\/(json|[^\s/;]+\+json)\s*(;|$)/i;

/** Reads and parses the body of a request.
 * @throws unsupported_media_type, payload_too_large, malformed_request, invalid_body */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  if (!jsonMediaType.test(request.headers['content-type'] ?? '')) {
    throw new ParlanceError('unsupported_media_type', 'Expected request with `Content-Type: application/json`', {
      param: 'content-type',
    });
  }
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    throw new ParlanceError('unsupported_media_type', `bodies are not unpacked: content-encoding is ${encoding}`, {
      param: 'content-encoding',
    });
  }
  return parseJson(decodeUtf8(await readBytes(request, maxBytes)));
}

async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const length = request.headers['content-length'];
  try {
    return await getRawBody(request, { limit: maxBytes, ...(length === undefined ? {} : { length }) });
  } catch (error) {
    if (isTooLarge(error)) {
      throw new ParlanceError(
        'payload_too_large',
        `Failed to buffer the request body: length limit exceeded (${maxBytes} bytes)`,
      );
    }
    throw new ParlanceError('malformed_request', 'Failed to read the request body', { cause: error });
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'type' in error && error.type === 'entity.too.large';
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ParlanceError('malformed_request', 'Failed to parse the request body as JSON: invalid UTF-8', {
      cause: error,
    });
  }
}
