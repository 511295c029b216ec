import { afterEach, describe, expect, it } from '@jest/globals';
import { eventsOf, serve, type TestServer } from './support/serve.ts';

let server: TestServer;
afterEach(() => server.stop());

const number = expect.any(Number);

describe('the log', () => {
  it('has a line with the figures of each generation, streamed or not', async () => {
    server = await serve();
    await server.post('/generate', { inputs: 'Hello' });
    await eventsOf(await server.post('/generate_stream', { inputs: 'Hello' }));
    const line = {
      event: 'generation',
      finishReason: expect.any(String),
      promptTokens: number,
      generatedTokens: number,
      validationMs: number,
      queueMs: number,
      inferenceMs: number,
      timeToFirstTokenMs: number,
      timePerTokenMs: number,
    };
    expect(server.lines).toEqual([line, line]);
  });

  it('has a line with the kind of error for each request that failed, and none of what was asked', async () => {
    server = await serve();
    await server.post('/generate', { inputs: 'my secret', parameters: { temperature: -1 } });
    expect(server.lines).toEqual([{ event: 'failure', errorType: 'validation' }]);
  });
});
