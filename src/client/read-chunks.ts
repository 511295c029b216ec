import { z } from 'zod';
import { SageMakerChatError } from './chat-error.ts';
import type { ChatCompletionChunk } from './chat-types.ts';
import { type ServerSentEvent, SseDecoder } from './sse-decoder.ts';

/** Looks at what is relied on here; a chunk is handed out as it came. */
const isChunk = (value: unknown): value is ChatCompletionChunk =>
  typeof value === 'object' && value !== null && 'choices' in value && Array.isArray(value.choices);

/** OpenAI's `{error: {message}}`, TGI's `{error, error_type}`, and the containers' `{message}`. */
const errorSchema = z.union([
  z
    .object({
      error: z.object({ message: z.string(), http_status_code: z.number().nullish(), code: z.unknown().optional() }),
    })
    .transform(({ error }) => ({ message: error.message, status: error.http_status_code ?? numberOf(error.code) })),
  z.object({ error: z.string() }).transform(({ error }) => ({ message: error, status: undefined })),
  z.object({ message: z.string() }).transform(({ message }) => ({ message, status: undefined })),
]);

const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined);

/** Reads the chunks out of the body of a stream, whatever it is cut into.
 * @throws SageMakerChatError for an error in the stream, and for a stream that ends before its `[DONE]` */
export async function* readChunks(parts: AsyncIterable<Uint8Array>): AsyncGenerator<ChatCompletionChunk> {
  let isDone = false;
  for await (const event of readEvents(parts)) {
    // What follows is read to its end, so that the connection can be used again.
    isDone ||= event.data === '[DONE]';
    if (!isDone) yield readChunk(event);
  }
  if (isDone) return;
  throw new SageMakerChatError('incomplete_stream', 'the stream ended without [DONE]: the answer is cut off', {
    isTransient: true,
  });
}

async function* readEvents(parts: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new SseDecoder();
  for await (const part of parts) yield* decoder.push(part);
  yield* decoder.end();
}

function readChunk({ event, data }: ServerSentEvent): ChatCompletionChunk {
  const value = parseJson(data);
  if (isChunk(value) && event !== 'error') return value;
  throw (
    readError(value) ?? new SageMakerChatError('invalid_answer', `the stream has ${data}: expected a chunk of a chat`)
  );
}

/** @returns undefined where the value doesn't tell of an error */
export function readError(value: unknown): SageMakerChatError | undefined {
  const error = errorSchema.safeParse(value);
  if (!error.success) return undefined;
  return new SageMakerChatError('model_error', error.data.message, { status: error.data.status });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
