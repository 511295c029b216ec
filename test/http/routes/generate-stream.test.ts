import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ParlanceError } from '../../../src/errors/errors.ts';
import { eventsOf, serve, type TestServer } from '../support/serve.ts';

let server: TestServer;
beforeAll(async () => {
  server = await serve({
    says: { hi: ['a', 'b'] },
    beforeToken: (index, prompt) => {
      if (prompt === 'breaks' && index === 1) throw new ParlanceError('generation', 'the model failed');
      if (prompt === 'bug' && index === 1) throw new TypeError('secret of the inside');
    },
  });
});
afterAll(() => server.stop());

const token = (id: number, text: string, logprob: number, special = false) => ({ id, text, logprob, special });

describe('POST /generate_stream', () => {
  it('sends an event a token, the text and details in the last', async () => {
    const response = await server.post('/generate_stream', { inputs: 'hi', parameters: { details: true } });
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(await eventsOf(response)).toEqual([
      { index: 1, token: token(97, 'a', -0.1), generated_text: null, details: null },
      { index: 2, token: token(98, 'b', -0.2), generated_text: null, details: null },
      {
        index: 3,
        token: token(256, '</s>', -0.25, true),
        generated_text: 'ab',
        details: { finish_reason: 'eos_token', generated_tokens: 3, seed: null, input_length: 2, prompt_tokens: 2 },
      },
    ]);
  });

  it('sends the likeliest tokens with each where asked for', async () => {
    const response = await server.post('/generate_stream', { inputs: 'hi', parameters: { top_n_tokens: 2 } });
    const [first] = (await eventsOf(response)) as { top_tokens: { id: number }[] }[];
    expect(first!.top_tokens.map(({ id }) => id)).toEqual([97, 256]);
  });

  it.each([
    [{ inputs: '' }, 'Input validation error: `inputs` cannot be empty'],
    [
      { inputs: 'x', parameters: { best_of: 2, do_sample: true } },
      'Input validation error: `best_of` != 1 is not supported when streaming tokens',
    ],
    [
      { inputs: 'x', parameters: { decoder_input_details: true } },
      'Input validation error: `decoder_input_details` == true is not supported when streaming tokens',
    ],
  ])('tells in the stream that %j is refused, as TGI does', async (body, error) => {
    const response = await server.post('/generate_stream', body);
    expect(response.status).toBe(200);
    expect(await eventsOf(response)).toEqual([{ error, error_type: 'validation' }]);
  });

  it('ends with the error when the model fails midway', async () => {
    const response = await server.post('/generate_stream', { inputs: 'breaks' });
    const events = await eventsOf(response);
    expect(events).toHaveLength(2);
    expect(events[1]).toEqual({
      error: 'Request failed during generation: the model failed',
      error_type: 'generation',
    });
  });

  it('keeps what it does not know the cause of to the log', async () => {
    const events = await eventsOf(await server.post('/generate_stream', { inputs: 'bug' }));
    expect(events.at(-1)).toEqual({ error: 'the server failed to answer, see its log', error_type: 'internal' });
    expect(server.errors).toEqual([{ err: expect.objectContaining({ message: 'secret of the inside' }) }]);
  });

  it('refuses a malformed body with a status', async () => {
    expect((await server.post('/generate_stream', '{')).status).toBe(400);
    expect((await server.post('/generate_stream', { inputs: 1 })).status).toBe(422);
  });
});
