import { afterEach, describe, expect, it } from '@jest/globals';
import { sseOf } from './support/chat-stream.ts';
import { answerWith, chatWith, closeRuntimes, textOf } from './support/runtime-chat.ts';
import { exceptionPart, refuse, startEventStream } from './support/runtime-server.ts';

const messages = [{ role: 'user' as const, content: 'Hi' }];

afterEach(closeRuntimes);

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
