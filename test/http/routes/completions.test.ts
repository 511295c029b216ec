import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openaiCompletionLogprobs } from '../../../src/http/dialects/openai/completion-logprobs.ts';
import { readAnswer } from '../support/answers.ts';
import { eventsOf, serve, type TestServer } from '../support/serve.ts';

let server: TestServer;
beforeAll(async () => {
  server = await serve({ says: { hi: ['a', 'b'], ho: ['c'] } });
});
afterAll(() => server.stop());

const complete = async (fields: object) => {
  const { status, body } = await readAnswer(await server.post('/v1/completions', fields));
  return { status, body };
};

interface Chunk {
  readonly choices: { index: number; text: string; finish_reason: string | null }[];
  readonly usage?: object;
}

describe('POST /v1/completions', () => {
  it('continues a prompt', async () => {
    expect(await complete({ prompt: 'hi' })).toEqual({
      status: 200,
      body: {
        id: 'cmpl-id',
        created: 1_700_000_000,
        model: 'scripted',
        system_fingerprint: 'parlance-0.0.0',
        object: 'text_completion',
        choices: [{ index: 0, text: 'ab', logprobs: null, finish_reason: 'stop' }],
        usage: { prompt_tokens: 2, completion_tokens: 3, total_tokens: 5, prompt_tokens_details: { cached_tokens: 2 } },
      },
    });
  });

  it('numbers the choices of several prompts by prompt, then choice, and counts each prompt once', async () => {
    const { body } = await complete({ prompt: ['hi', 'ho'], n: 2 });
    expect(body.choices.map(({ index, text }) => [index, text])).toEqual([
      [0, 'ab'],
      [1, 'ab'],
      [2, 'c'],
      [3, 'c'],
    ]);
    expect(body.usage).toMatchObject({ prompt_tokens: 4, completion_tokens: 10 });
  });

  it('takes token ids as they are', async () => {
    expect((await complete({ prompt: [104, 105] })).body.choices[0]!.text).toBe('ab');
    expect(server.generator.requests.at(-1)!.prompt).toEqual([104, 105]);
    expect(
      (
        await complete({
          prompt: [
            [104, 105],
            [104, 111],
          ],
        })
      ).body.choices,
    ).toHaveLength(2);
  });

  it('echoes text and token ids, with their log-probabilities', async () => {
    for (const prompt of ['hi', [104, 105]]) {
      const { body } = await complete({ prompt, echo: true, logprobs: 1, max_tokens: 1 });
      expect(body.choices[0]).toEqual({
        index: 0,
        text: 'hia',
        logprobs: {
          tokens: ['h', 'i', 'a'],
          token_logprobs: [null, -1, -0.1],
          top_logprobs: [null, { x: -0.5, i: -1 }, { a: -0.1 }],
          text_offset: [0, 1, 2],
        },
        finish_reason: 'length',
      });
    }
    expect((await complete({ prompt: [104, 105], echo: true })).body.choices[0]!.text).toBe('hiab');
  });

  it('scores a prompt that nothing is generated after, streamed or whole', async () => {
    const request = { prompt: ['hi', 'ho'], echo: true, logprobs: 1, max_tokens: 0 };
    const { status, body } = await complete(request);
    const choice = (index: number, text: string) => ({
      index,
      text,
      logprobs: {
        tokens: ['h', text[1]],
        token_logprobs: [null, -1],
        top_logprobs: [null, { x: -0.5, [text[1]!]: -1 }],
        text_offset: [0, 1],
      },
      finish_reason: 'length',
    });
    expect({ status, choices: body.choices }).toEqual({ status: 200, choices: [choice(0, 'hi'), choice(1, 'ho')] });
    expect(body.usage).toMatchObject({ prompt_tokens: 4, completion_tokens: 0, total_tokens: 4 });
    const streamed = await eventsOf(await server.post('/v1/completions', { ...request, prompt: 'hi', stream: true }));
    expect(streamed).toMatchObject([
      { choices: [{ ...choice(0, 'hi'), finish_reason: null }] },
      { choices: [{ index: 0, text: '', logprobs: null, finish_reason: 'length' }] },
      '[DONE]',
    ]);
  });

  it('tells the log-probability of a token that is none of the likeliest', () => {
    const token = { id: 1, text: 'z', logprob: -3, special: false };
    const likelier = { id: 2, text: 'x', logprob: -0.5, special: false };
    const told = (topTokens: object) =>
      openaiCompletionLogprobs([{ type: 'token', token, delta: 'z', isLast: true, ...topTokens }], 0).top_logprobs;
    expect(told({ topTokens: [likelier] })).toEqual([{ x: -0.5, z: -3 }]);
    expect(told({ topTokens: [{ ...likelier, text: 'z' }] })).toEqual([{ z: -0.5 }]);
    expect(told({})).toEqual([{ z: -3 }]);
  });

  it('tells of the token that ends the answer, too, which is no part of the text', async () => {
    const { body } = await complete({ prompt: 'ho', logprobs: 0 });
    expect(body.choices[0]).toMatchObject({
      text: 'c',
      logprobs: { tokens: ['c', '</s>'], token_logprobs: [-0.1, -0.25], text_offset: [0, 1] },
    });
  });

  it('counts no offset for tokens that are not in the echoed text', async () => {
    const { logprobs } = (await complete({ prompt: 'hi', echo: true, logprobs: 1, max_tokens: 1 })).body.choices[0]!;
    expect(
      openaiCompletionLogprobs([], 0, {
        text: 'hi',
        tokens: [
          { id: 1, text: '<s>', logprob: null },
          { id: 2, text: 'hi', logprob: -1 },
        ],
      }).text_offset,
    ).toEqual([0, 0]);
    expect(logprobs).toMatchObject({ text_offset: [0, 1, 2] });
  });

  it('gives the n likeliest of best_of, and counts all that were generated', async () => {
    const { body } = await complete({ prompt: 'hi', best_of: 3 });
    expect(body.choices).toHaveLength(1);
    expect(body.usage.completion_tokens).toBe(9);
  });

  it('streams the same text as it answers whole, each choice by its index', async () => {
    const response = await server.post('/v1/completions', {
      prompt: ['hi', 'ho'],
      stream: true,
      echo: true,
      stream_options: { include_usage: true },
    });
    const events = (await eventsOf(response)) as Chunk[];
    expect(events.at(-1)).toBe('[DONE]');
    expect(events.at(-2)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 4, completion_tokens: 5, total_tokens: 9 },
    });
    const choices = events.slice(0, -2).flatMap((event) => event.choices);
    const of = (i: number) => choices.filter(({ index }) => index === i);
    expect(
      [0, 1].map((i) =>
        of(i)
          .map(({ text }) => text)
          .join(''),
      ),
    ).toEqual(['hiab', 'hoc']);
    expect(
      [0, 1].map((i) =>
        of(i)
          .map(({ finish_reason }) => finish_reason)
          .filter(Boolean),
      ),
    ).toEqual([['stop'], ['stop']]);
  });

  it('takes an empty suffix', async () => {
    expect((await complete({ prompt: 'hi', suffix: '' })).status).toBe(200);
  });

  it.each([
    [{}, 'prompt'],
    [{ prompt: null }, 'prompt'],
    [{ prompt: [] }, 'prompt'],
    [{ prompt: '' }, 'prompt'],
    [{ prompt: ['x', ''] }, 'prompt[1]'],
    [{ prompt: 'x', logit_bias: { 257: 1 } }, 'logit_bias'],
    [{ prompt: ['1', '2', '3', '4', '5'] }, 'prompt'],
    [{ prompt: 'x', suffix: 'y' }, 'suffix'],
    [{ prompt: 'x', best_of: 1, n: 2 }, 'best_of'],
    [{ prompt: 'x', best_of: 2, stream: true }, 'best_of'],
    [{ prompt: 'x', logprobs: 21 }, 'logprobs'],
    [{ prompt: 'x', max_tokens: 0 }, 'max_tokens'],
    [{ prompt: 'x', temperature: '0' }, 'temperature'],
  ])('refuses %j naming the field', async (fields, param) => {
    const { status, body } = await complete(fields);
    expect({ status, param: body.error.param }).toEqual({ status: 422, param });
  });
});
