import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { readAnswer } from './support/answers.ts';
import { eventsOf, type ServeOptions, serve, type TestServer } from './support/serve.ts';

let server: TestServer;
const start = async (options?: ServeOptions) => {
  server = await serve(options);
  return server;
};
afterEach(() => server.stop());

/** Tokens that are given when the test says so. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

/** Resolves once `condition` holds; turns of the event loop, not time, are what it waits for. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** Waits for the gate, or for the abort that an engine would notice too. */
const waitFor = (opened: Promise<void>, signal: AbortSignal | undefined) =>
  Promise.race([opened, ...(signal ? [once(signal, 'abort').then(() => undefined)] : [])]);

describe('a client that goes away', () => {
  it('ends its stream', async () => {
    const { opened } = gate();
    await start({ beforeToken: (index, _prompt, signal) => (index === 1 ? waitFor(opened, signal) : undefined) });
    const client = new AbortController();
    const response = await fetch(`${server.url}/generate_stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"inputs":"hi"}',
      signal: client.signal,
    });
    await response.body!.getReader().read();
    expect(server.generator.numRunning).toBe(1);
    client.abort();
    await until(() => server.generator.numRunning === 0);
    expect(server.services.admission.numAdmitted).toBe(0);
    expect(server.errors).toEqual([]);
  });

  it('ends all choices of the answer it waits for', async () => {
    const { opened } = gate();
    await start({ beforeToken: (_index, _prompt, signal) => waitFor(opened, signal) });
    const socket = connect(server.port, '127.0.0.1');
    const body = '{"messages":[{"role":"user","content":"hi"}],"n":3}';
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await until(() => server.generator.numRunning === 3);
    socket.destroy();
    await until(() => server.generator.numRunning === 0);
    expect(server.services.admission.numAdmitted).toBe(0);
  });
});

describe('overload', () => {
  it('is told before validation, and ends with the request that caused it', async () => {
    const { open, opened } = gate();
    await start({ limits: { maxConcurrentRequests: 1 }, beforeToken: () => opened });
    const running = server.post('/generate', { inputs: 'hi' });
    await until(() => server.generator.numRunning === 1);
    const refused = await server.post('/generate', { inputs: '', parameters: { temperature: 0 } });
    expect({ status: refused.status, body: await refused.json() }).toEqual({
      status: 429,
      body: { error: 'Model is overloaded', error_type: 'overloaded' },
    });
    const chat = await server.post('/v1/chat/completions', {
      messages: [{ role: 'user', content: 'x' }],
      stream: true,
    });
    expect({ status: chat.status, type: (await readAnswer(chat)).body.error.type }).toEqual({
      status: 429,
      type: 'rate_limit_error',
    });
    expect((await server.post('/generate', { parameters: {} })).status).toBe(422);
    expect((await server.post('/tokenize', { inputs: 'x' })).status).toBe(200);
    open();
    expect((await running).status).toBe(200);
    expect((await server.post('/generate', { inputs: 'hi' })).status).toBe(200);
  });

  it('counts each prompt, choice and best_of', async () => {
    await start({ limits: { maxConcurrentRequests: 1 } });
    expect((await server.post('/v1/completions', { prompt: ['a', 'b'] })).status).toBe(429);
    expect((await server.post('/generate', { inputs: 'x', parameters: { best_of: 2, do_sample: true } })).status).toBe(
      429,
    );
    expect((await server.post('/v1/completions', { prompt: ['a'] })).status).toBe(200);
  });
});

describe('shutdown', () => {
  it('finishes admitted streams, refuses new ones and fails the health check', async () => {
    const { open, opened } = gate();
    await start({ beforeToken: () => opened });
    const running = await server.post('/generate_stream', { inputs: 'hi' });
    await until(() => server.generator.numRunning === 1);
    const closed = server.close(10_000);
    expect((await server.get('/health')).status).toBe(503);
    const refused = await server.post('/v1/chat/completions', { messages: [{ role: 'user', content: 'x' }] });
    expect({ status: refused.status, type: (await readAnswer(refused)).body.error.type }).toEqual({
      status: 503,
      type: 'server_error',
    });
    open();
    expect(await eventsOf(running)).toHaveLength(3);
    await closed;
    await expect(server.get('/health')).rejects.toThrow();
  });

  it('cuts off what does not end in time', async () => {
    const { opened } = gate();
    await start({ beforeToken: (_index, _prompt, signal) => waitFor(opened, signal) });
    const running = await server.post('/generate_stream', { inputs: 'hi' });
    const [outcome] = await Promise.all([running.text().catch(() => 'cut off'), server.close(1)]);
    expect(outcome).toBe('cut off');
    expect(server.generator.numRunning).toBe(0);
  });
});

describe('silence in a stream', () => {
  it('is filled with comments, and delays no refusal', async () => {
    const { open, opened } = gate();
    await start({ http: { keepAliveMs: 1 }, beforeToken: () => opened });
    const response = await server.post('/generate_stream', { inputs: 'hi' });
    const reader = response.body!.getReader();
    const first = await reader.read();
    expect(new TextDecoder().decode(first.value)).toBe(':\n\n');
    open();
    await reader.cancel();
    const refused = await server.post('/v1/chat/completions', {
      messages: [{ role: 'user', content: 'x' }],
      stream: true,
      max_tokens: 9999,
    });
    expect(refused.status).toBe(422);
  });
});

describe('API keys', () => {
  const statusWith = async (authorization?: string) =>
    (await server.post('/generate', { inputs: 'x' }, authorization === undefined ? {} : { authorization })).status;

  it('open the API, exactly as they are', async () => {
    await start({ http: { apiKeys: ['secret', 'other'] } });
    expect(await Promise.all(['Bearer secret', 'Bearer other', 'bearer secret'].map(statusWith))).toEqual([
      200, 200, 200,
    ]);
    const wrong = [
      undefined,
      '',
      'secret',
      'Basic secret',
      'Bearer SECRET',
      'Bearer  secret',
      'Bearer secretx',
      'Bearer ',
    ];
    expect(await Promise.all(wrong.map(statusWith))).toEqual(wrong.map(() => 401));
  });

  it('are not asked for by health checks and pre-flights, but by everything else', async () => {
    await start({ http: { apiKeys: ['secret'] } });
    expect((await server.get('/health')).status).toBe(200);
    expect((await server.get('/ping')).status).toBe(200);
    for (const path of ['/info', '/metrics', '/v1/models', '/api-doc/openapi.json', '/docs/']) {
      expect((await server.get(path)).status).toBe(401);
    }
    const preflight = await fetch(`${server.url}/generate`, {
      method: 'OPTIONS',
      headers: { origin: 'http://a.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
  });

  it('leave any Authorization alone where there are none', async () => {
    await start();
    expect(await statusWith('Bearer whatever')).toBe(200);
  });
});

describe('bodies', () => {
  it('beyond the limit are refused, and the next request is answered', async () => {
    await start({ limits: { maxPayloadBytes: 1000 } });
    for (const size of [2000, 10_000_000]) {
      expect((await server.post('/generate', { inputs: 'a'.repeat(size) })).status).toBe(413);
    }
    expect((await server.post('/generate', { inputs: 'a' })).status).toBe(200);
  });

  it.each([
    ['application/json; charset=utf-8', 200],
    ['APPLICATION/JSON', 200],
    ['application/vnd.api+json', 200],
    ['text/plain', 415],
    ['text/json', 415],
    ['application/octet-stream', 415],
  ])('of type %s get %i', async (type, status) => {
    await start();
    expect((await server.post('/generate', { inputs: 'a' }, { 'content-type': type })).status).toBe(status);
  });

  it.each([
    ['nested lists', '['.repeat(100_000)],
    ['nested lists in a field that is not known', `{"inputs":"x","z":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['lone surrogates', '{"inputs":"\\ud800"}'],
    ['NaN', '{"inputs":"x","parameters":{"temperature":NaN}}'],
    ['1e999', '{"inputs":"x","parameters":{"temperature":1e999}}'],
    ['duplicate keys', '{"inputs":"x","inputs":"y"}'],
    ['a seed beyond 64 bits', '{"inputs":"x","parameters":{"seed":18446744073709551616}}'],
    ['max_new_tokens of 2^32', '{"inputs":"x","parameters":{"max_new_tokens":4294967296}}'],
    ['a polluted prototype', '{"__proto__":{"inputs":"x"}}'],
  ])('with %s get a 4xx, and the next request is answered', async (_what, body) => {
    await start();
    const response = await server.post('/generate', body);
    expect([400, 422]).toContain(response.status);
    expect(await response.json()).toEqual({ error: expect.any(String), error_type: 'validation' });
    expect((await server.post('/generate', { inputs: 'a' })).status).toBe(200);
  });

  it('that are not UTF-8 get 400', async () => {
    await start();
    const response = await fetch(`${server.url}/generate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from('{"inputs":"\xff"}', 'latin1'),
    });
    expect(response.status).toBe(400);
  });
});
