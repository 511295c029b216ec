import {
  InvokeEndpointWithResponseStreamCommand,
  type ResponseStream,
  SageMakerRuntimeClient,
  type SageMakerRuntimeClientConfig,
} from '@aws-sdk/client-sagemaker-runtime';
import { SageMakerChatError } from './chat-error.ts';
import type { ChatCompletion, ChatCompletionChunk, ChatCompletionRequest } from './chat-types.ts';
import { collectCompletion } from './collect-completion.ts';
import { describeFailure } from './describe-failure.ts';
import { readChunks, readError } from './read-chunks.ts';
import { defaultRetryPolicy, type RetryPolicy, withRetries } from './retry.ts';

/** Where in an endpoint a request goes, and what goes along. */
export interface InvocationOptions {
  /** The inference component that serves the model, where the endpoint has several. */
  readonly inferenceComponentName?: string;
  /** The production variant, instead of one drawn by their weights. */
  readonly targetVariant?: string;
  /** A sticky session that the container has opened. */
  readonly sessionId?: string;
  /** Names the request in the data that the endpoint captures. */
  readonly inferenceId?: string;
  readonly customAttributes?: string;
  /** Ends the request, and the generation behind it. */
  readonly signal?: AbortSignal;
}

export interface SageMakerChatOptions extends Omit<InvocationOptions, 'signal'> {
  readonly endpointName: string;
  /** Region, credentials, endpoint and so on, as the SDK's client takes them. @default what the environment says */
  readonly config?: SageMakerRuntimeClientConfig;
  /** A client to share. Its own retries come on top: give it `maxAttempts: 1`. */
  readonly client?: SageMakerRuntimeClient;
  /** What is left out is as in {@link defaultRetryPolicy}. */
  readonly retry?: Partial<RetryPolicy>;
}

type Invoke = {
  (
    request: ChatCompletionRequest & { readonly stream: true },
    options?: InvocationOptions,
  ): Promise<AsyncIterableIterator<ChatCompletionChunk>>;
  (request: ChatCompletionRequest & { readonly stream?: false }, options?: InvocationOptions): Promise<ChatCompletion>;
};

interface OpenStream {
  readonly contentType: string;
  readonly parts: AsyncGenerator<Uint8Array>;
}

/** OpenAI's chat completions on a SageMaker endpoint, over InvokeEndpointWithResponseStream: a whole completion is a
 * stream too, collected, so that it may take the 8 minutes of a stream rather than the 60 seconds of a plain call.
 *
 * A request is tried again while the endpoint starts, scales out from zero or is busy, until the first byte of its
 * answer is there; what fails later is thrown, since part of the answer is out already.
 * ```ts
 * const chat = new SageMakerChat({ endpointName: 'demo' });
 * for await (const chunk of await chat.completions.create({ messages, stream: true }))
 *   process.stdout.write(chunk.choices[0]?.delta.content ?? '');
 * ``` */
export class SageMakerChat {
  readonly completions: { readonly create: Invoke };
  readonly #client: SageMakerRuntimeClient;
  readonly #options: SageMakerChatOptions;
  readonly #retry: RetryPolicy;

  constructor(options: SageMakerChatOptions) {
    this.#options = options;
    this.#client = options.client ?? new SageMakerRuntimeClient({ ...options.config, maxAttempts: 1 });
    this.#retry = { ...defaultRetryPolicy, ...options.retry };
    const create = (request: ChatCompletionRequest, invocation: InvocationOptions = {}) =>
      request.stream === true ? this.#stream(request, invocation) : this.#complete(request, invocation);
    this.completions = { create: create as Invoke };
  }

  /** Resolves with the first byte of the answer. Leaving the loop early ends the generation.
   * @throws SageMakerChatError */
  async #stream(
    request: ChatCompletionRequest,
    invocation: InvocationOptions,
  ): Promise<AsyncIterableIterator<ChatCompletionChunk>> {
    const leaving = new AbortController();
    const signal = invocation.signal ? AbortSignal.any([invocation.signal, leaving.signal]) : leaving.signal;
    const { contentType, parts } = await this.#open(request, { ...invocation, signal });
    if (!isEventStream(contentType)) throw wholeAnswer(await readText(parts), 'a stream of chunks').error;
    return endingWith(readChunks(parts), leaving);
  }

  async #complete(request: ChatCompletionRequest, invocation: InvocationOptions): Promise<ChatCompletion> {
    const streamed = { ...request, stream: true, stream_options: { include_usage: true } };
    const { contentType, parts } = await this.#open(streamed, invocation);
    if (isEventStream(contentType)) return collectCompletion(readChunks(parts));
    const { completion, error } = wholeAnswer(await readText(parts), 'a chat completion');
    if (completion === undefined) throw error;
    return completion;
  }

  #open(request: ChatCompletionRequest, { signal, ...invocation }: InvocationOptions): Promise<OpenStream> {
    const target = { ...this.#options, ...invocation };
    const command = new InvokeEndpointWithResponseStreamCommand({
      EndpointName: target.endpointName,
      Body: JSON.stringify(request),
      ContentType: 'application/json',
      Accept: 'text/event-stream',
      InferenceComponentName: target.inferenceComponentName,
      TargetVariant: target.targetVariant,
      SessionId: target.sessionId,
      InferenceId: target.inferenceId,
      CustomAttributes: target.customAttributes,
    });
    return withRetries(this.#retry, signal, async () => {
      const output = await this.#client.send(command, signal ? { abortSignal: signal } : {});
      const parts = payloads(output.Body ?? [], signal);
      const first = await parts.next();
      return { contentType: output.ContentType ?? '', parts: prepended(first, parts) };
    });
  }
}

const isEventStream = (contentType: string) => contentType.startsWith('text/event-stream');

/** @throws SageMakerChatError for what SageMaker says went wrong; the signal's reason once it is aborted */
async function* payloads(
  body: AsyncIterable<ResponseStream> | Iterable<ResponseStream>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const { PayloadPart, ModelStreamError, InternalStreamFailure } of body) {
      const failure = ModelStreamError ?? InternalStreamFailure;
      if (failure) throw failure;
      if (PayloadPart?.Bytes) yield PayloadPart.Bytes;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw describeFailure(error);
  }
}

async function* prepended<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}

/** Passes the chunks on, and ends the request when the reader leaves: the SDK doesn't by itself. */
async function* endingWith<T>(chunks: AsyncIterable<T>, leaving: AbortController): AsyncGenerator<T> {
  try {
    yield* chunks;
  } finally {
    leaving.abort();
  }
}

async function readText(parts: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const part of parts) chunks.push(part);
  return Buffer.concat(chunks).toString('utf8');
}

/** Reads an answer that isn't a stream. @returns the error to throw where it isn't what was expected */
function wholeAnswer(text: string, expected: string): { completion?: ChatCompletion; error: SageMakerChatError } {
  const unexpected = new SageMakerChatError(
    'invalid_answer',
    `the endpoint sent ${text.slice(0, 500)}: expected ${expected}`,
  );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { error: unexpected };
  }
  const isCompletion =
    typeof value === 'object' && value !== null && 'object' in value && value.object === 'chat.completion';
  return { ...(isCompletion && { completion: value as ChatCompletion }), error: readError(value) ?? unexpected };
}
