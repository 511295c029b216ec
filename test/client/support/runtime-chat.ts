import type { ChatCompletionChunk } from '../../../src/client/chat-types.ts';
import type { RetryPolicy } from '../../../src/client/retry.ts';
import { SageMakerChat, type SageMakerChatOptions } from '../../../src/client/sagemaker-chat.ts';
import { payloadPart, type RuntimeAnswer, startEventStream, startRuntime } from './runtime-server.ts';

const closing: (() => Promise<void>)[] = [];

/** Ends the runtimes that a test has started. */
export async function closeRuntimes(): Promise<void> {
  await Promise.all(closing.splice(0).map((close) => close()));
}

/** A chat with a runtime that answers so, on a clock that its waits move on; {@link closeRuntimes} ends it. */
export async function chatWith(answer: RuntimeAnswer, options: Partial<SageMakerChatOptions> = {}) {
  const { url, close } = await startRuntime(answer);
  closing.push(close);
  let now = 0;
  const waits: number[] = [];
  const retry: Partial<RetryPolicy> = {
    now: () => now,
    random: () => 0,
    sleep: async (ms) => {
      waits.push(ms);
      now += ms;
    },
    ...options.retry,
  };
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const config = { endpoint: url, region: 'us-east-1', credentials };
  return { chat: new SageMakerChat({ endpointName: 'demo', config, ...options, retry }), waits };
}

/** Answers with this text as one part of an event stream. */
export const answerWith =
  (sse: string): RuntimeAnswer =>
  (_, response) => {
    startEventStream(response);
    response.end(payloadPart(Buffer.from(sse)));
  };

/** The text that the chunks of a stream make. */
export async function textOf(chunks: AsyncIterable<ChatCompletionChunk>): Promise<string> {
  let text = '';
  for await (const { choices } of chunks) text += choices[0]?.delta.content ?? '';
  return text;
}
