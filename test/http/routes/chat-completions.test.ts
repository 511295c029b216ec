import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ParlanceError } from '../../../src/errors/errors.ts';
import { readAnswer } from '../support/answers.ts';
import { eventsOf, serve, type TestServer } from '../support/serve.ts';

let server: TestServer;
beforeAll(async () => {
  server = await serve({
    says: { '<user>hi<assistant>': ['Hel', 'lo', '!'] },
    beforeToken: (index, prompt) => {
      if (prompt.includes('breaks') && index === 1) throw new ParlanceError('generation', 'the model failed');
    },
  });
});
afterAll(() => server.stop());

const messages = [{ role: 'user', content: 'hi' }];
const parameters = { type: 'object', properties: { a: { type: 'integer' } } };
const tool = { type: 'function', function: { name: 'f', description: 'd', parameters } };
const chat = async (fields: object = {}) => {
  const { status, body } = await readAnswer(await server.post('/v1/chat/completions', { messages, ...fields }));
  return { status, body };
};
const streamChat = async (fields: object = {}) =>
  eventsOf(await server.post('/v1/chat/completions', { messages, stream: true, ...fields })) as Promise<Chunk[]>;
const asked = () => server.generator.requests.at(-1)!;

interface Chunk {
  readonly id: string;
  readonly object: string;
  readonly choices: {
    index: number;
    delta: { role?: string; content: string };
    finish_reason: string | null;
    logprobs: unknown;
  }[];
  readonly usage?: object | null;
}

const envelope = { id: 'chatcmpl-id', created: 1_700_000_000, model: 'scripted', system_fingerprint: 'parlance-0.0.0' };
const usage = {
  prompt_tokens: 19,
  completion_tokens: 4,
  total_tokens: 23,
  prompt_tokens_details: { cached_tokens: 2 },
};

describe('POST /v1/chat/completions', () => {
  it('answers with a completion', async () => {
    expect(await chat()).toEqual({
      status: 200,
      body: {
        ...envelope,
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content: 'Hello!', refusal: null },
            logprobs: null,
            finish_reason: 'stop',
          },
        ],
        usage,
      },
    });
  });

  it('streams the role once, then content, the reason last, and ends with [DONE]', async () => {
    const events = await streamChat();
    expect(events.at(-1)).toBe('[DONE]');
    const choices = events.slice(0, -1).map((event) => event.choices[0]!);
    expect(choices.map(({ delta, finish_reason }) => [delta, finish_reason])).toEqual([
      [{ role: 'assistant', content: '' }, null],
      [{ content: 'Hel' }, null],
      [{ content: 'lo' }, null],
      [{ content: '!' }, null],
      [{ content: '' }, 'stop'],
    ]);
  });

  it('streams exactly the text it answers whole, with content a string and choices never empty', async () => {
    for (const fields of [{}, { stop: 'lo' }, { max_tokens: 2 }, { logprobs: true }]) {
      const chunks = (await streamChat(fields)).slice(0, -1);
      expect(chunks.every(({ choices }) => choices.length === 1 && typeof choices[0]!.delta.content === 'string')).toBe(
        true,
      );
      const printed = chunks.map(({ choices }) => choices[0]!.delta.content).join('');
      expect(printed).toBe((await chat(fields)).body.choices[0]!.message.content);
    }
  });

  it('sends the usage in a chunk of its own with include_usage', async () => {
    const events = await streamChat({ stream_options: { include_usage: true } });
    expect(events.at(-2)).toEqual({ ...envelope, object: 'chat.completion.chunk', choices: [], usage });
    expect(events.slice(0, -2).every((event) => event.usage === null)).toBe(true);
  });

  it('leaves the stop text out', async () => {
    const { body } = await chat({ stop: 'lo' });
    expect(body.choices[0]).toMatchObject({ message: { content: 'Hel' }, finish_reason: 'stop' });
  });

  it('gives n choices, each with a seed of its own', async () => {
    const { body } = await chat({ n: 2, seed: 7 });
    expect(body.choices.map(({ index }) => index)).toEqual([0, 1]);
    expect(body.usage).toMatchObject({ prompt_tokens: 19, completion_tokens: 8 });
    expect(server.generator.requests.slice(-2).map(({ sampling }) => sampling.seed)).toEqual([7n, 8n]);
  });

  it('gives log-probabilities with bytes, special tokens left out', async () => {
    const { body } = await chat({ logprobs: true, top_logprobs: 1 });
    const { content } = body.choices[0]!.logprobs;
    expect(content).toHaveLength(3);
    expect(content[0]).toEqual({
      token: 'Hel',
      logprob: -0.1,
      bytes: [72, 101, 108],
      top_logprobs: [{ token: 'Hel', logprob: -0.1, bytes: [72, 101, 108] }],
    });
  });

  it('samples at 1 without a temperature, and is greedy at 0', async () => {
    await chat();
    expect(asked().sampling).toMatchObject({ doSample: true, temperature: 1 });
    await chat({ temperature: 0 });
    expect(asked().sampling.doSample).toBe(false);
  });

  it('hands penalties, bias and limits on in the engine’s terms', async () => {
    await chat({
      frequency_penalty: 0.5,
      presence_penalty: -0.5,
      logit_bias: { 12: -100 },
      max_tokens: 9,
      max_completion_tokens: 3,
    });
    expect(asked().maxNewTokens).toBe(3);
    expect(asked().sampling).toMatchObject({
      openaiFrequencyPenalty: 0.5,
      openaiPresencePenalty: -0.5,
      frequencyPenalty: 0,
      repetitionPenalty: 1,
      logitBias: new Map([[12, -100]]),
    });
  });

  it('tells any model back, and its own for none', async () => {
    const models = await Promise.all([{ model: 'foo/bar' }, { model: 'tgi' }, {}].map(chat));
    expect(models.map(({ body }) => body.model)).toEqual(['foo/bar', 'tgi', 'scripted']);
  });

  it('joins text parts, reads developer as system, and goes on with a last message of the assistant', async () => {
    await chat({
      messages: [
        {
          role: 'developer',
          content: [
            { type: 'text', text: 'be ' },
            { type: 'text', text: 'brief' },
          ],
        },
        { role: 'user', content: 'hi', name: 'bob' },
        { role: 'assistant', content: 'Hel  ' },
      ],
    });
    expect(server.generator.templateInputs.at(-1)).toMatchObject({
      messages: [
        { role: 'system', content: 'be brief' },
        { role: 'user', content: 'hi', name: 'bob' },
        { role: 'assistant', content: 'Hel  ' },
      ],
      addGenerationPrompt: false,
      continueFinalMessage: true,
    });
    expect(asked().prompt).toMatch(/Hel$/);
  });

  it('gives TGI’s guideline to the chat template', async () => {
    await chat({ messages, guideline: 'Be kind.' });
    expect(server.generator.templateInputs.at(-1)!.variables).toEqual({ guideline: 'Be kind.' });
  });

  it('takes an earlier refusal for the content it stands for', async () => {
    const refused = [
      { role: 'assistant', content: null, refusal: 'No.' },
      { role: 'assistant', content: [{ type: 'refusal', refusal: 'Never.' }] },
    ];
    await chat({ messages: [...refused, { role: 'user', content: 'hi' }] });
    expect(asked().prompt).toBe('<assistant>No.<assistant>Never.<user>hi<assistant>');
  });

  it.each(['/v1/chat/completions/', '//v1//chat/completions', '/openai/v1/chat/completions'])(
    'also answers at %s',
    async (path) => {
      expect((await server.post(path, { messages })).status).toBe(200);
    },
  );

  it.each([
    [{ messages: [] }, 'messages'],
    [{ messages: [{ role: 'user' }] }, 'messages[0].content'],
    [
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] },
      'messages[0].content[0]',
    ],
    [{ messages: [{ role: 'robot', content: 'hi' }] }, 'messages[0].role'],
    [{ modalities: ['text', 'audio'] }, 'modalities[1]'],
    [{ n: 0 }, 'n'],
    [{ temperature: -1 }, 'temperature'],
    [{ presence_penalty: -2.1 }, 'presence_penalty'],
    [{ top_logprobs: 2 }, 'top_logprobs'],
    [{ logprobs: true, top_logprobs: 21 }, 'top_logprobs'],
    [{ logit_bias: { x: 1 } }, 'logit_bias.x'],
    [{ logit_bias: { 257: 1 } }, 'logit_bias'],
    [{ max_tokens: 0 }, 'max_tokens'],
    [{ stop: ['1', '2', '3', '4', '5'] }, 'stop'],
    [{ tools: [{ type: 'function' }] }, 'tools[0].function'],
    [{ tools: [tool, tool] }, 'tools'],
    [{ tools: [{ type: 'function', function: { name: 'f', parameters: '{' } }] }, 'tools[0].function.parameters'],
    [{ response_format: { type: 'json_object', value: '{' } }, 'response_format.value'],
    [{ tool_choice: 'required' }, 'tool_choice'],
    [{ response_format: { type: 'json_schema' } }, 'response_format'],
    [{ response_format: { type: 'xml' } }, 'response_format.type'],
  ])('refuses %j naming the field', async (fields, param) => {
    const { status, body } = await chat(fields);
    expect({ status, type: body.error.type, param: body.error.param }).toEqual({
      status: 422,
      type: 'invalid_request_error',
      param,
    });
    expect(body.error.message).toContain(param.replace(/^.*\./, ''));
  });

  it('says which keys a bias has', async () => {
    const { body } = await chat({ logit_bias: { x: 1 } });
    expect(body.error.message).toContain('logit_bias.x: expected token ids as keys, given 1');
  });

  it("takes a role that the model's chat template names", async () => {
    await chat({ messages: [{ role: 'narrator', content: 'Once' }] });
    expect(asked().prompt).toBe('<narrator>Once<assistant>');
  });

  it('refuses with a status what cannot start, streamed or not, and with OpenAI’s code what is too long', async () => {
    for (const stream of [false, true]) {
      const { status, body } = await chat({ stream, max_tokens: 1000 });
      expect(status).toBe(422);
      expect(body.error).toMatchObject({ code: 'context_length_exceeded', param: 'max_tokens' });
    }
  });

  it('ends a stream that fails midway with an error and [DONE]', async () => {
    const events = await streamChat({ messages: [{ role: 'user', content: 'breaks' }] });
    expect(events.slice(-2)).toEqual([
      { error: { message: 'the model failed', type: 'server_error', param: null, code: 'generation' } },
      '[DONE]',
    ]);
  });
});

describe('a model without a chat template', () => {
  it('is told to have none', async () => {
    const bare = await serve({ hasChatTemplate: false });
    const response = await bare.post('/v1/chat/completions', { messages });
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status: 422,
      body: { error: { code: 'template_error' } },
    });
    await bare.stop();
  });
});
