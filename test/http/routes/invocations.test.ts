import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readAnswer } from '../support/answers.ts';
import { eventsOf, serve, type TestServer } from '../support/serve.ts';

const messages = [{ role: 'user', content: 'hi' }];
const shapes = { inputs: 'hi', messages, prompt: 'hi' };

describe('POST /invocations', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await serve();
  });
  afterAll(() => server.stop());

  const invoke = async (body: object) => {
    const answer = await readAnswer(await server.post('/invocations', body));
    return { status: answer.status, body: answer.body };
  };

  it.each([
    [['inputs'], [{ generated_text: 'hiok' }]],
    [['messages'], { object: 'chat.completion' }],
    [['prompt'], { object: 'text_completion' }],
    [['inputs', 'messages', 'prompt'], [{ generated_text: 'hiok' }]],
    [['messages', 'prompt'], { object: 'chat.completion' }],
  ])('answers %j by the first of them', async (names, expected) => {
    const body = Object.fromEntries(Object.entries(shapes).filter(([name]) => names.includes(name)));
    expect(await invoke(body)).toMatchObject({ status: 200, body: expected });
  });

  it('streams each shape in its own form', async () => {
    const stream = async (body: object) => eventsOf(await server.post('/invocations', { ...body, stream: true }));
    expect((await stream({ inputs: 'hi' }))[0]).toMatchObject({ index: 1, token: { text: 'o' } });
    expect((await stream({ messages }))[0]).toMatchObject({ object: 'chat.completion.chunk' });
    expect((await stream({ prompt: 'hi' })).at(-1)).toBe('[DONE]');
  });

  it('tells errors in the dialect of the shape', async () => {
    expect((await invoke({ inputs: '' })).body).toEqual({
      error: 'Input validation error: `inputs` cannot be empty',
      error_type: 'validation',
    });
    expect((await invoke({ messages: [] })).body.error).toMatchObject({ param: 'messages' });
    expect((await invoke({ prompt: 1 })).body.error).toMatchObject({ param: 'prompt' });
  });

  it('says which fields it looks for where it finds none, null ones included', async () => {
    for (const body of [{ foo: 1 }, { inputs: null }, {}]) {
      const { status, body: error } = await invoke(body);
      expect(status).toBe(422);
      expect(error.error).toMatch(/`inputs`.*`messages`.*`prompt`/);
    }
  });
});

describe('POST /invocations with MESSAGES_API_ENABLED', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await serve({ http: { messagesApiEnabled: true } });
  });
  afterAll(() => server.stop());

  it('takes messages', async () => {
    expect((await server.post('/invocations', { messages })).status).toBe(200);
  });

  it.each([{ inputs: 'hi' }, { prompt: 'hi' }, { inputs: 'hi', messages }, {}])(
    'refuses %j naming messages and the setting',
    async (body) => {
      const response = await server.post('/invocations', body);
      expect(response.status).toBe(422);
      const text = await response.text();
      expect(text).toContain('messages');
      expect(text).toContain('MESSAGES_API_ENABLED');
    },
  );
});
