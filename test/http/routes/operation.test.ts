import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRoutes } from '../../../src/http/routes/routes.ts';
import { readAnswer } from '../support/answers.ts';
import { serve, type TestServer } from '../support/serve.ts';

let server: TestServer;
beforeAll(async () => {
  server = await serve({ http: { corsAllowOrigins: ['http://a.example', 'http://b.example'] } });
});
afterAll(() => server.stop());

describe('the server', () => {
  it.each(['/', '/health', '/ping'])('is well at %s', async (path) => {
    const response = await server.get(path);
    expect({ status: response.status, body: await response.text() }).toEqual({ status: 200, body: '' });
  });

  it('tells its model and limits', async () => {
    expect(await (await server.get('/info')).json()).toMatchObject({
      model_id: 'scripted',
      model_pipeline_tag: null,
      max_input_tokens: 256,
      max_total_tokens: 512,
      max_best_of: 2,
      router: 'parlance',
    });
  });

  it('lists its model, and gives it by an id that may have slashes', async () => {
    expect(await (await server.get('/v1/models')).json()).toMatchObject({
      object: 'list',
      data: [{ id: 'scripted', object: 'model' }],
    });
    expect(await (await server.get('/v1/models/scripted')).json()).toMatchObject({ id: 'scripted' });
    const other = await server.get('/v1/models/org/name');
    expect(other.status).toBe(404);
    expect((await readAnswer(other)).body.error.message).toContain('`org/name`');
  });

  it('tells offsets of tokens in bytes of UTF-8', async () => {
    expect(await (await server.post('/tokenize', { inputs: 'é🙂' })).json()).toEqual([
      { id: 233, text: 'é', start: 0, stop: 2 },
      { id: 128578, text: '🙂', start: 2, stop: 6 },
    ]);
  });

  it('renders and tokenizes a chat', async () => {
    const { body } = await readAnswer(
      await server.post('/chat_tokenize', { messages: [{ role: 'user', content: 'hi' }] }),
    );
    expect(body.templated_text).toBe('<user>hi<assistant>');
    expect(body.tokenize_response).toHaveLength(19);
  });

  it('refuses unknown paths, and unknown methods with what is allowed', async () => {
    expect((await server.get('/nope')).status).toBe(404);
    expect((await server.get('/v1/nope')).headers.get('content-type')).toMatch(/json/);
    const response = await server.get('/generate');
    expect({ status: response.status, allow: response.headers.get('allow') }).toEqual({ status: 405, allow: 'POST' });
    expect((await server.post('/generate/', { inputs: 'x' })).status).toBe(404);
  });

  it('tells upper from lower case in paths', async () => {
    expect((await server.get('/Health')).status).toBe(404);
  });

  it('answers HEAD and plain OPTIONS', async () => {
    const head = await fetch(`${server.url}/info`, { method: 'HEAD' });
    expect({ status: head.status, body: await head.text() }).toEqual({ status: 200, body: '' });
    expect((await fetch(`${server.url}/generate`, { method: 'OPTIONS' })).status).toBe(204);
  });

  it('lets pages of the allowed origins in, and no others', async () => {
    const allowed = await server.get('/info', { origin: 'http://b.example' });
    expect(allowed.headers.get('access-control-allow-origin')).toBe('http://b.example');
    const evil = await server.get('/info', { origin: 'http://evil.example' });
    expect(evil.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await fetch(`${server.url}/generate`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://a.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET,POST');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
  });

  it('documents each route with its errors', async () => {
    const { body: document } = await readAnswer(await server.get('/api-doc/openapi.json'));
    for (const { method, paths, errors } of createRoutes(server.services.options, server.generator)) {
      if (paths.some((path) => path.startsWith('/docs') || path.startsWith('/api-doc'))) continue;
      for (const path of paths) {
        const operation = document.paths[path.replace(/[:*](\w+)/g, '{$1}')]![method.toLowerCase()]!;
        expect(Object.keys(operation.responses)).toEqual(
          expect.arrayContaining(['200', ...(errors.includes('overloaded') ? ['422', '429'] : [])]),
        );
      }
    }
  });

  it('has a page of the API that loads nothing from elsewhere', async () => {
    const page = await (await server.get('/docs')).text();
    const links = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link!);
    expect(links).toHaveLength(2);
    for (const link of links) expect((await server.get(link)).status).toBe(200);
  });
});

describe('metrics', () => {
  const values = async (name: string) => {
    const text = await (await server.get('/metrics')).text();
    return [...text.matchAll(new RegExp(`^${name}(\\{[^}]*\\})? (\\S+)$`, 'gm'))].map(([, labels, value]) => [
      labels ?? '',
      Number(value),
    ]);
  };
  const count = async (name: string) => (await values(name)).reduce((sum, [, value]) => sum + Number(value), 0);

  it('count each generation once as a success or a failure by type', async () => {
    const before = {
      all: await count('tgi_request_count'),
      success: await count('tgi_request_success'),
      failure: await count('tgi_request_failure'),
    };
    await (await server.post('/generate', { inputs: 'x' })).text();
    await (await server.post('/generate_stream', { inputs: 'x' })).text();
    await (await server.post('/generate_stream', { inputs: '' })).text();
    await (await server.post('/generate', { inputs: 'x', parameters: { temperature: 0 } })).text();
    await (await server.post('/tokenize', { inputs: 'x' })).text();
    expect(await count('tgi_request_count')).toBe(before.all + 4);
    expect(await count('tgi_request_success')).toBe(before.success + 2);
    expect(await values('tgi_request_failure')).toEqual([['{err="validation"}', before.failure + 2]]);
  });

  it('tell a batch of 0 at rest', async () => {
    expect(await values('tgi_batch_current_size')).toEqual([['', 0]]);
  });

  it('measure prompts and answers in tokens', async () => {
    const before = await count('tgi_request_input_length_sum');
    await (await server.post('/generate', { inputs: 'four', parameters: { max_new_tokens: 3 } })).text();
    expect(await count('tgi_request_input_length_sum')).toBe(before + 4);
  });
});
