import { EventStreamCodec, type MessageHeaders } from '@smithy/eventstream-codec';
import { fromUtf8, toUtf8 } from '@smithy/util-utf8';
import type { AwsError } from './aws-errors.ts';

const codec = new EventStreamCodec(toUtf8, fromUtf8);

function frame(headers: Readonly<Record<string, string>>, body: Uint8Array): Uint8Array {
  const named: MessageHeaders = {};
  for (const [name, value] of Object.entries(headers)) named[name] = { type: 'string', value };
  return codec.encode({ headers: named, body });
}

/** Some bytes of an answer as a frame of an AWS event stream: lengths and checksums included.
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_PayloadPart.html */
export function payloadPart(bytes: Uint8Array): Uint8Array {
  return frame(
    { ':message-type': 'event', ':event-type': 'PayloadPart', ':content-type': 'application/octet-stream' },
    bytes,
  );
}

/** An error that ends an event stream, as the frame that clients raise it from. */
export function exceptionFrame({ code, message, fields }: AwsError): Uint8Array {
  return frame(
    { ':message-type': 'exception', ':exception-type': code, ':content-type': 'application/json' },
    fromUtf8(JSON.stringify({ Message: message, ...fields })),
  );
}
