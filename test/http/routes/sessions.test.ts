import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Sessions } from '../../../src/http/sessions.ts';
import { readAnswer } from '../support/answers.ts';
import { eventsOf, serve, type TestServer } from '../support/serve.ts';

const generate = { inputs: 'hi' };

describe("SageMaker's sessions on /invocations", () => {
  let seconds: number;
  let server: TestServer;
  beforeEach(async () => {
    seconds = Date.UTC(2026, 0, 31, 23, 50) / 1000;
    server = await serve({ epochSeconds: () => seconds });
  });
  afterEach(() => server.stop());

  const invoke = (body: object, id?: string) =>
    server.post('/invocations', body, id === undefined ? {} : { 'X-Amzn-SageMaker-Session-Id': id });
  const open = async () => {
    const response = await invoke({ requestType: 'NEW_SESSION' }, 'NEW_SESSION');
    const header = response.headers.get('x-amzn-sagemaker-new-session-id')!;
    return { status: response.status, header, id: header.split(';')[0]! };
  };

  it('are opened with an id and the time they expire, in the form that SageMaker takes', async () => {
    const { status, header } = await open();
    expect(status).toBe(200);
    expect(header).toBe('id; Expires=2026-02-01T00:10:00Z');
    expect(header).toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9])*;\sExpires=\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
  });

  it('take requests until they are closed', async () => {
    const { id } = await open();
    expect(await (await invoke(generate, id)).json()).toEqual([{ generated_text: 'hiok' }]);
    const closed = await invoke({ requestType: 'CLOSE' }, id);
    expect(closed.status).toBe(200);
    expect(closed.headers.get('x-amzn-sagemaker-closed-session-id')).toBe(id);
    for (const body of [generate, { requestType: 'CLOSE' }]) {
      const { status, body: refusal } = await readAnswer(await invoke(body, id));
      expect(status).toBe(400);
      expect(refusal.error).toContain('there is no session "id", or it has ended');
    }
  });

  it('take requests until they expire', async () => {
    const { id } = await open();
    seconds += 1199;
    expect((await invoke(generate, id)).status).toBe(200);
    seconds += 1;
    expect((await invoke(generate, id)).status).toBe(400);
  });

  it('are opened by a generation for NEW_SESSION, too, streamed or not', async () => {
    for (const stream of [false, true]) {
      const response = await invoke({ ...generate, stream }, 'NEW_SESSION');
      expect(response.status).toBe(200);
      expect(response.headers.get('x-amzn-sagemaker-new-session-id')).toMatch(/^id; Expires=/);
      if (stream) expect(await eventsOf(response)).toHaveLength(3);
    }
    expect((await invoke({ inputs: '' }, 'NEW_SESSION')).headers.has('x-amzn-sagemaker-new-session-id')).toBe(false);
  });

  it('are refused in the dialect of the body', async () => {
    const { body } = await readAnswer(await invoke({ messages: [{ role: 'user', content: 'x' }] }, 'nope'));
    expect(body.error).toMatchObject({ code: 'unknown_session', param: 'X-Amzn-SageMaker-Session-Id' });
  });

  it.each([
    [{ requestType: 'CLOSE' }, 400, 'X-Amzn-SageMaker-Session-Id'],
    [{ requestType: 'OPEN' }, 422, 'requestType'],
    [{ requestType: 'NEW_SESSION', inputs: 'x' }, 422, 'inputs'],
  ])('refuse %j, saying what is wrong', async (body, status, word) => {
    const response = await invoke(body);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(word);
  });
});

describe('sessions', () => {
  it('are so many at most: beyond, the oldest ends', () => {
    let count = 0;
    const sessions = new Sessions({ lifetimeSeconds: 10, newId: () => `s${count++}`, epochSeconds: () => 0 });
    for (let i = 0; i <= 10_000; i++) sessions.create();
    expect(() => sessions.check('s0')).toThrow('there is no session "s0"');
    expect(() => sessions.check('s1')).not.toThrow();
    expect(() => sessions.check('s10000')).not.toThrow();
  });
});

describe('POST /invocations', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await serve();
  });
  afterEach(() => server.stop());

  it('gives custom attributes back, with errors too', async () => {
    const attributes = 'trace=1;accept_eula=true';
    for (const [body, status] of [
      [generate, 200],
      [{ inputs: '' }, 422],
      ['{', 400],
    ] as const) {
      const response = await server.post('/invocations', body, { 'X-Amzn-SageMaker-Custom-Attributes': attributes });
      expect(response.status).toBe(status);
      expect(response.headers.get('x-amzn-sagemaker-custom-attributes')).toBe(attributes);
    }
  });

  it.each([
    [{ inputs: 1 }, "inputs: expected string, given 1 (read as TGI's generate, for the body has `inputs`)"],
    [{ messages: [{ role: 'user' }] }, 'missing field `content` (read as an OpenAI chat completion'],
    [{ prompt: 'x', max_tokens: 'many' }, 'read as an OpenAI completion, for the body has `prompt`'],
    [{ input: 'x', text: 1 }, 'is missing: the body has `input`, `text`'],
    [{}, 'is missing: the body is empty'],
    [[1], 'is missing: the body is not a JSON object'],
  ])('says of %j what it was read as, and what is missing', async (body, message) => {
    const response = await server.post('/invocations', body);
    expect(response.status).toBe(422);
    const { error } = (await response.json()) as { error: string | { message: string } };
    expect(typeof error === 'string' ? error : error.message).toContain(message);
  });
});
