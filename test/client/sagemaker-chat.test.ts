import { afterEach, describe, expect, it } from '@jest/globals';
import type { ChatCompletionChunk } from '../../src/client/chat-types.ts';
import type { RetryPolicy } from '../../src/client/retry.ts';
import { SageMakerChat, type SageMakerChatOptions } from '../../src/client/sagemaker-chat.ts';
import { chunk, cutAnywhere, sseOf } from './support/chat-stream.ts';
import {
  exceptionPart,
  payloadPart,
  type RuntimeAnswer,
  type RuntimeRequest,
  refuse,
  startEventStream,
  startRuntime,
} from './support/runtime-server.ts';

const messages = [{ role: 'user' as const, content: 'Hi' }];
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** A chat with a runtime that answers so, on a clock that its waits move on. */
async function chatWith(answer: RuntimeAnswer, options: Partial<SageMakerChatOptions> = {}) {
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

const answerWith =
  (sse: string): RuntimeAnswer =>
  (_, response) => {
    startEventStream(response);
    response.end(payloadPart(Buffer.from(sse)));
  };

async function textOf(chunks: AsyncIterable<ChatCompletionChunk>): Promise<string> {
  let text = '';
  for await (const { choices } of chunks) text += choices[0]?.delta.content ?? '';
  return text;
}

/** A small generator of numbers in [0, 1), the same in each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('a stream', () => {
  it('loses nothing of 500 events cut at random bytes, 1,000 times', async () => {
    const random = seeded(7);
    const texts = Array.from({ length: 499 }, (_, index) => ['a', 'é', '語', '🦜', '\\n"', ' '][index % 6]! + index);
    const events = [...texts, null].map((content) => ({ choices: [{ index: 0, delta: { content } }] }));
    const bytes = Buffer.from(
      `${events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')}data: [DONE]\n\n`,
    );
    const { chat } = await chatWith((_, response) => {
      startEventStream(response);
      const parts = cutAnywhere(bytes, Math.floor(random() ** 3 * 240), random);
      response.end(Buffer.concat(parts.map(payloadPart)));
    });
    const whole = texts.join('');
    for (let run = 0; run < 1000; run++) {
      const chunks: ChatCompletionChunk[] = [];
      for await (const one of await chat.completions.create({ messages, stream: true })) chunks.push(one);
      expect(chunks).toHaveLength(500);
      expect(chunks.map(({ choices }) => choices[0]!.delta.content ?? '').join('')).toBe(whole);
    }
  });

  it('sends the request to the component, variant and session that are asked for', async () => {
    const seen: RuntimeRequest[] = [];
    const { chat } = await chatWith(
      (request, response) => {
        seen.push(request);
        return answerWith(sseOf(['ok']))(request, response);
      },
      { inferenceComponentName: 'zephyr', targetVariant: 'blue' },
    );
    await textOf(
      await chat.completions.create({ messages, stream: true, seed: 1 }, { sessionId: 's', targetVariant: 'green' }),
    );
    expect(seen).toMatchObject([
      {
        path: '/endpoints/demo/invocations-response-stream',
        headers: {
          'content-type': 'application/json',
          'x-amzn-sagemaker-inference-component': 'zephyr',
          'x-amzn-sagemaker-target-variant': 'green',
          'x-amzn-sagemaker-session-id': 's',
          authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=test/),
        },
        body: { messages, stream: true, seed: 1 },
      },
    ]);
  });

  it('hands each chunk out as it comes', async () => {
    let goOn = () => {};
    const first = `data: ${JSON.stringify(chunk({ delta: { content: 'early' } }))}\n\n`;
    const { chat } = await chatWith(async (_, response) => {
      startEventStream(response);
      response.write(payloadPart(Buffer.from(first)));
      await new Promise<void>((done) => (goOn = done));
      response.end(payloadPart(Buffer.from(sseOf([' late']))));
    });
    const chunks = await chat.completions.create({ messages, stream: true });
    expect((await chunks.next()).value.choices[0].delta.content).toBe('early');
    goOn();
    expect(await textOf(chunks)).toBe(' late');
  });

  it.each([
    ['ModelStreamError', { Message: 'gone', ErrorCode: 'StreamBroken' }, 'StreamBroken: gone'],
    [
      'ModelStreamError',
      { Message: 'slow', ErrorCode: 'ModelInvocationTimeExceeded' },
      'ModelInvocationTimeExceeded: slow',
    ],
    ['InternalStreamFailure', { Message: 'oh' }, 'oh'],
  ])('throws a %s in its midst, after what came before', async (name, body, message) => {
    const { chat, waits } = await chatWith((_, response) => {
      startEventStream(response);
      response.write(payloadPart(Buffer.from(`data: ${JSON.stringify(chunk({ delta: { content: 'some' } }))}\n\n`)));
      response.end(exceptionPart(name, body));
    });
    const chunks = await chat.completions.create({ messages, stream: true });
    expect((await chunks.next()).value.choices[0].delta.content).toBe('some');
    await expect(chunks.next()).rejects.toMatchObject({ name: 'SageMakerChatError', code: name, message });
    expect(waits).toEqual([]);
  });

  it.each([
    ['in the way of OpenAI', '{"error":{"message":"out of memory","http_status_code":500}}', 'out of memory', 500],
    ['in the way of TGI', '{"error":"out of memory","error_type":"generation"}', 'out of memory', undefined],
  ])('throws an error that the model sends %s', async (_, data, message, status) => {
    const { chat } = await chatWith(answerWith(`${sseOf([]).split('data: [DONE]')[0]}data: ${data}\n\n`));
    const chunks = await chat.completions.create({ messages, stream: true });
    await expect(textOf(chunks)).rejects.toMatchObject({ code: 'model_error', message, status });
  });

  it('throws when it ends before its [DONE]', async () => {
    const { chat } = await chatWith(answerWith(sseOf(['half']).replace('data: [DONE]\n\n', '')));
    await expect(textOf(await chat.completions.create({ messages, stream: true }))).rejects.toMatchObject({
      code: 'incomplete_stream',
    });
  });

  it('throws for what is no chunk', async () => {
    const { chat } = await chatWith(answerWith('data: {"choices":\n\n'));
    await expect(textOf(await chat.completions.create({ messages, stream: true }))).rejects.toMatchObject({
      code: 'invalid_answer',
      message: 'the stream has {"choices":: expected a chunk of a chat',
    });
  });

  it('throws for an answer that is no stream, with what it says', async () => {
    const { chat } = await chatWith((_, response) => {
      startEventStream(response, 'application/json');
      response.end(payloadPart(Buffer.from('{"object":"list"}')));
    });
    await expect(chat.completions.create({ messages, stream: true })).rejects.toMatchObject({ code: 'invalid_answer' });
  });

  it.each(['leaving the loop', 'the signal'])('ends the request by %s', async (way) => {
    let closed: Promise<unknown> | undefined;
    const { chat } = await chatWith((request, response) => {
      startEventStream(response);
      closed = request.closed;
      response.write(payloadPart(Buffer.from(sseOf(['a', 'b']).slice(0, 400))));
    });
    const aborting = new AbortController();
    const reading = (async () => {
      const chunks = await chat.completions.create({ messages, stream: true }, { signal: aborting.signal });
      for await (const _ of chunks) {
        if (way === 'leaving the loop') break;
        aborting.abort(new Error('enough'));
      }
    })();
    if (way === 'the signal') await expect(reading).rejects.toThrow('enough');
    else await reading;
    await closed;
  });
});

describe('a whole completion', () => {
  it('is a stream with usage, collected', async () => {
    const seen: RuntimeRequest[] = [];
    const { chat } = await chatWith((request, response) => {
      seen.push(request);
      return answerWith(sseOf(['Hel', 'lo']))(request, response);
    });
    const { choices } = await chat.completions.create({ messages, max_tokens: 5 });
    expect(choices[0]!.message).toEqual({ role: 'assistant', content: 'Hello' });
    expect(seen[0]!.body).toEqual({ messages, max_tokens: 5, stream: true, stream_options: { include_usage: true } });
  });

  it('is taken as it is from a container that does not stream', async () => {
    const completion = { object: 'chat.completion', id: 'x', choices: [] };
    const { chat } = await chatWith((_, response) => {
      startEventStream(response, 'application/json');
      response.end(payloadPart(Buffer.from(JSON.stringify(completion))));
    });
    expect(await chat.completions.create({ messages })).toEqual(completion);
  });
});

describe('a cold start', () => {
  const noCapacity =
    'Inference Component has no capacity to process this request. ApplicationAutoScaling may be in-progress';
  it.each([
    ['an endpoint that is not ready', 429, 'ModelNotReadyException', {}],
    ['throttling', 400, 'ThrottlingException', {}],
    ['a component scaled to zero', 400, 'ValidationError', { message: noCapacity }],
    ['a container that loads its model', 424, 'ModelError', { OriginalStatusCode: 503, OriginalMessage: 'loading' }],
    ['a queue that is full', 424, 'ModelError', { OriginalStatusCode: 429, OriginalMessage: 'overloaded' }],
    ['a service that is down', 503, 'ServiceUnavailable', {}],
  ])('is waited for: %s', async (_, status, name, body) => {
    let numRequests = 0;
    const { chat, waits } = await chatWith((request, response) => {
      numRequests += 1;
      if (numRequests < 4) return refuse(response, status, name, { message: '', ...body });
      return answerWith(sseOf(['awake']))(request, response);
    });
    expect(await textOf(await chat.completions.create({ messages, stream: true }))).toBe('awake');
    expect(waits).toEqual([250, 500, 1000]);
  });

  it('is waited for where the stream breaks before its first byte', async () => {
    let numRequests = 0;
    const { chat } = await chatWith((request, response) => {
      numRequests += 1;
      if (numRequests > 1) return answerWith(sseOf(['awake']))(request, response);
      startEventStream(response);
      response.end(exceptionPart('ModelStreamError', { Message: 'gone', ErrorCode: 'StreamBroken' }));
    });
    expect(await textOf(await chat.completions.create({ messages, stream: true }))).toBe('awake');
  });

  it('is waited for no longer than the policy says, with growing and random waits', async () => {
    const told: string[] = [];
    const { chat, waits } = await chatWith(
      (_, response) => refuse(response, 429, 'ModelNotReadyException', { Message: 'cold' }),
      {
        retry: {
          timeoutMs: 10_000,
          firstDelayMs: 1000,
          maxDelayMs: 4000,
          random: () => 0.5,
          onRetry: ({ code }) => told.push(code),
        },
      },
    );
    await expect(chat.completions.create({ messages })).rejects.toMatchObject({
      code: 'ModelNotReadyException',
      status: 429,
    });
    expect(waits).toEqual([750, 1500, 3000, 3000]);
    expect(told).toHaveLength(4);
  });

  it('is not what a request that the model refuses waits for', async () => {
    const { chat, waits } = await chatWith((_, response) =>
      refuse(response, 424, 'ModelError', {
        Message: 'x',
        OriginalStatusCode: 422,
        OriginalMessage: 'temperature is -1',
      }),
    );
    await expect(chat.completions.create({ messages })).rejects.toMatchObject({
      code: 'ModelError',
      status: 422,
      message: 'the model answered 422: temperature is -1',
    });
    expect(waits).toEqual([]);
  });

  it('is not waited for on an aborted signal', async () => {
    const aborting = new AbortController();
    const { chat } = await chatWith((_, response) => refuse(response, 429, 'ModelNotReadyException', {}), {
      retry: { onRetry: () => aborting.abort(new Error('enough')) },
    });
    await expect(chat.completions.create({ messages }, { signal: aborting.signal })).rejects.toThrow('enough');
  });
});
