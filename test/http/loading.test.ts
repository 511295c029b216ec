import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ListeningServer, listen } from '../../src/http/server.ts';

const silent = { info() {}, warn() {}, error() {} };
let server: ListeningServer;
let numAsked = 0;

beforeEach(async () => {
  numAsked = 0;
  server = await listen({ hostname: '127.0.0.1', port: 0, stage: () => `stage ${++numAsked}` }, silent);
});

afterEach(() => server.close(0));

describe('a server whose model is loading', () => {
  it.each(['/health', '/ping', '/'])('says so to the health check %s, and what is being done', async (path) => {
    const response = await fetch(server.url + path);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ error: 'the model is loading: stage 1', error_type: 'healthcheck' });
    expect(await (await fetch(server.url + path)).json()).toMatchObject({ error: 'the model is loading: stage 2' });
  });

  it('refuses generations in the dialect of their route', async () => {
    const post = (path: string) => fetch(server.url + path, { method: 'POST', body: '{}' });
    expect(await (await post('/generate')).json()).toMatchObject({ error_type: 'healthcheck' });
    const response = await post('/v1/chat/completions');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      error: { message: 'the model is loading: stage 2', type: 'server_error' },
    });
  });
});
