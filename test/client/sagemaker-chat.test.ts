import { afterEach, describe, expect, it } from '@jest/globals';
import type { ChatCompletionChunk } from '../../src/client/chat-types.ts';
import { chunk, cutAnywhere, sseOf } from './support/chat-stream.ts';
import { answerWith, chatWith, closeRuntimes, textOf } from './support/runtime-chat.ts';
import { exceptionPart, payloadPart, type RuntimeRequest, startEventStream } from './support/runtime-server.ts';

const messages = [{ role: 'user' as const, content: 'Hi' }];

afterEach(closeRuntimes);

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
