import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readAnswer } from '../support/answers.ts';
import { serve, type TestServer } from '../support/serve.ts';

let server: TestServer;
beforeAll(async () => {
  server = await serve({ says: { hi: ['a', 'b', 'c'] } });
});
afterAll(() => server.stop());

const generate = async (parameters?: object, inputs = 'hi') => {
  return readAnswer(await server.post('/generate', parameters === undefined ? { inputs } : { inputs, parameters }));
};
const asked = () => server.generator.requests.at(-1)!;

describe('POST /generate', () => {
  it('answers the text alone where no details are asked for', async () => {
    const { status, body } = await generate({});
    expect({ status, body }).toEqual({ status: 200, body: { generated_text: 'abc' } });
  });

  it('samples where parameters are left out or null, and is greedy where they are empty', async () => {
    await generate();
    expect(asked().sampling.doSample).toBe(true);
    await server.post('/generate', { inputs: 'hi', parameters: null });
    expect(asked().sampling.doSample).toBe(true);
    await generate({});
    expect(asked().sampling.doSample).toBe(false);
  });

  it.each([
    [{ temperature: 1 }, false],
    [{ top_p: 1 }, false],
    [{ temperature: 0.5 }, true],
    [{ top_k: 1 }, true],
    [{ top_p: 0.9 }, true],
    [{ typical_p: 0.9 }, true],
    [{ do_sample: true }, true],
  ])('decides by %j whether to sample', async (parameters, doSample) => {
    await generate(parameters);
    expect(asked().sampling.doSample).toBe(doSample);
  });

  it('gives tokens, seed, reason and counts as details', async () => {
    const { body } = await generate({ details: true, do_sample: true, seed: 42, max_new_tokens: 2, top_n_tokens: 1 });
    const tokens = [
      { id: 97, text: 'a', logprob: -0.1, special: false },
      { id: 98, text: 'b', logprob: -0.2, special: false },
    ];
    expect(body).toEqual({
      generated_text: 'ab',
      details: {
        finish_reason: 'length',
        generated_tokens: 2,
        prompt_tokens: 2,
        seed: 42,
        prefill: [],
        tokens,
        top_tokens: tokens.map((token) => [token]),
      },
    });
  });

  it('carries a seed of 64 bits there and back', async () => {
    const response = await server.post(
      '/generate',
      '{"inputs":"hi","parameters":{"do_sample":true,"details":true,"seed":18446744073709551615}}',
    );
    expect(asked().sampling.seed).toBe(18446744073709551615n);
    expect(await response.text()).toContain('"seed":18446744073709551615,');
  });

  it('tells times and counts in headers', async () => {
    const { headers } = await generate({}, 'é🙂');
    const names = [
      'x-compute-type',
      'x-compute-characters',
      'x-prompt-tokens',
      'x-generated-tokens',
      'x-validation-time',
      'x-queue-time',
      'x-inference-time',
      'x-time-per-token',
    ];
    expect(names.map((name) => headers.get(name))).toEqual(['cpu-test', '2', '6', '3', '1', '2', '30', '10']);
    expect(headers.get('x-compute-time')).toMatch(/^\d+(\.\d+)?$/);
  });

  it('puts the prompt before the text with return_full_text', async () => {
    expect((await generate({ return_full_text: true })).body).toEqual({ generated_text: 'hiabc' });
  });

  it('takes null for optional fields, 1.0 for 1 and a string for stop', async () => {
    const nothing = {
      stop: null,
      adapter_id: 'None',
      temperature: null,
      do_sample: null,
      details: null,
      grammar: null,
    };
    expect((await generate(nothing)).status).toBe(200);
    expect((await server.post('/generate', '{"inputs":"hi","parameters":{"best_of":1.0,"stop":"b"}}')).status).toBe(
      200,
    );
    expect(asked().stop).toEqual(['b']);
  });

  it('gives the likeliest of best_of, and the others beside it', async () => {
    const { body } = await generate({ best_of: 2, do_sample: true, details: true });
    expect(body.details.best_of_sequences).toHaveLength(1);
    expect(body.details.best_of_sequences[0]).toMatchObject({
      generated_text: 'abc',
      finish_reason: 'eos_token',
      generated_tokens: 4,
    });
  });

  it.each([
    [{ parameters: { max_new_tokens: 1 } }, 'missing field `inputs`'],
    [{ inputs: 5 }, 'inputs: expected string, given 5'],
    [{ inputs: 'x', parameters: 'x' }, 'parameters: expected object, given "x"'],
    [{ inputs: 'x', parameters: { stop: [1] } }, 'parameters.stop[0]: expected string, given 1'],
    [
      { inputs: 'x', parameters: { seed: -1 } },
      'parameters.seed: expected an integer from 0 to 18446744073709551615, given -1',
    ],
    [{ inputs: 'x', parameters: { max_new_tokens: 1.5 } }, 'parameters.max_new_tokens: expected an integer, given 1.5'],
    [[], 'expected object, given an empty list'],
  ])('names the field at fault in %j', async (body, message) => {
    const response = await server.post('/generate', body);
    const error = `Failed to deserialize the JSON body into the target type: ${message}`;
    expect({ status: response.status, body: await response.json() }).toEqual({
      status: 422,
      body: { error, error_type: 'validation' },
    });
  });
});
