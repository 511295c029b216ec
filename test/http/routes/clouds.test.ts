import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readAnswer } from '../support/answers.ts';
import { serve, type TestServer } from '../support/serve.ts';

let server: TestServer;
beforeAll(async () => {
  server = await serve({
    says: { hi: ['a', 'b'] },
    http: { vertexRoutes: { predict: '/predict', health: '/healthz' } },
  });
});
afterAll(() => server.stop());

const post = async (path: string, fields: object) => {
  const { status, body } = await readAnswer(await server.post(path, fields));
  return { status, body };
};

describe('Vertex AI', () => {
  it('predicts a text for each instance, at /vertex and at its own route', async () => {
    const instances = [
      { inputs: 'hi', parameters: { max_new_tokens: 1 } },
      { messages: [{ role: 'user', content: 'x' }] },
    ];
    for (const path of ['/vertex', '/predict']) {
      expect(await post(path, { instances })).toEqual({ status: 200, body: { predictions: ['a', 'ok'] } });
    }
    expect((await server.get('/healthz')).status).toBe(200);
  });

  it('samples prompts, as TGI does', async () => {
    await post('/vertex', { instances: [{ inputs: 'hi', parameters: {} }] });
    expect(server.generator.requests.at(-1)!.sampling.doSample).toBe(true);
  });

  it('tells the true error', async () => {
    expect(await post('/vertex', { instances: [] })).toEqual({
      status: 422,
      body: { error: 'Input validation error', error_type: 'Input validation error' },
    });
    expect(await post('/vertex', { instances: [{ inputs: '' }] })).toMatchObject({
      status: 422,
      body: { error_type: 'validation' },
    });
    const { status, body } = await post('/vertex', { instances: [{ x: 1 }] });
    expect(status).toBe(422);
    expect(body.error).toContain('instances[0]: expected `inputs` or `messages`');
  });
});

describe('KServe', () => {
  const infer = (fields: object) =>
    post('/v2/models/m/versions/1/infer', { id: '42', outputs: [{ name: 'out' }], ...fields });
  const input = (text: string | Buffer) => ({
    name: 'in',
    shape: [1],
    datatype: 'BYTES',
    data: [...Buffer.from(text)],
  });

  it('infers bytes from bytes', async () => {
    expect(await infer({ inputs: [input('hi')], parameters: {} })).toEqual({
      status: 200,
      body: { id: '42', outputs: [{ name: 'out', shape: [1, 2], datatype: 'BYTES', data: [97, 98] }] },
    });
  });

  it.each([
    [{ inputs: [input('a'), input('b')] }, 'length mismatch'],
    [{ inputs: [input(Buffer.from([255]))] }, 'utf8'],
    [{ inputs: [input('a')], parameters: { temperature: 0 } }, 'validation'],
  ])('refuses %j as %s', async (fields, type) => {
    expect(await infer(fields)).toMatchObject({ status: 422, body: { error_type: type } });
  });

  it('tells what it is', async () => {
    expect(await (await server.get('/v2/health/ready')).json()).toEqual({ live: true });
    expect(await (await server.get('/v2/models/m/versions/7')).json()).toEqual({
      name: 'm',
      version: '7',
      extensions: ['infer', 'ready'],
    });
    expect((await server.get('/v2/models/m')).status).toBe(404);
  });
});
