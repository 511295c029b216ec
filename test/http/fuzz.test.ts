import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { serve, type TestServer } from './support/serve.ts';

let server: TestServer;
beforeAll(async () => {
  server = await serve({ maxTotalTokens: 64 });
});
afterAll(() => server.stop());

const scalar = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1,
    0.5,
    2 ** 31,
    2 ** 53,
    1e30,
    '',
    'x',
    'none',
    'assistant',
    [],
    {},
  ),
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.jsonValue({ maxDepth: 3 }));

const message = fc.record(
  {
    role: fc.constantFrom('user', 'assistant', 'system', 'tool', 'x'),
    content: fc.oneof(fc.string(), value),
    tool_calls: value,
    name: value,
  },
  { requiredKeys: ['role'] },
);

/** An object of some of these fields, sound ones beside random ones. */
const fields = (names: readonly string[], sound: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc.record(
    { ...Object.fromEntries(names.map((name) => [name, value])), ...sound },
    { requiredKeys: Object.keys(sound) },
  );

const openai = [
  'model',
  'max_tokens',
  'temperature',
  'top_p',
  'n',
  'stop',
  'seed',
  'logit_bias',
  'stream',
  'stream_options',
  'top_k',
  'logprobs',
];
const chat = fields([...openai, 'tools', 'tool_choice', 'response_format', 'top_logprobs'], {
  messages: fc.array(message, { maxLength: 3 }),
});
const completion = fields([...openai, 'suffix', 'echo', 'best_of'], {
  prompt: fc.oneof(fc.string(), fc.array(fc.string()), fc.array(fc.nat(255)), value),
});
const parameters = fields(
  [
    'best_of',
    'temperature',
    'top_k',
    'top_p',
    'max_new_tokens',
    'stop',
    'truncate',
    'seed',
    'details',
    'decoder_input_details',
    'top_n_tokens',
    'grammar',
  ],
  {},
);
const generate = fields(['stream'], { inputs: fc.oneof(fc.string(), value), parameters: fc.oneof(parameters, value) });

const bodies: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  '/generate': generate,
  '/generate_stream': generate,
  '/': generate,
  '/tokenize': generate,
  '/chat_tokenize': chat,
  '/v1/chat/completions': chat,
  '/v1/completions': completion,
  '/invocations': fc.oneof(generate, chat, completion),
  '/vertex': fields([], { instances: fc.array(fc.oneof(generate, chat, value), { maxLength: 3 }) }),
  '/v2/models/m/versions/1/infer': fields(['id', 'inputs', 'outputs', 'parameters'], {}),
};

describe.each(Object.keys(bodies))('any body at %s', (path) => {
  it('is answered or refused, in the form of the route, and breaks nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ arbitrary: bodies[path]!, weight: 4 }, { arbitrary: fc.jsonValue(), weight: 1 }),
        async (body) => {
          const response = await server.post(path, JSON.stringify(body));
          const text = await response.text();
          expect([200, 400, 422, 429]).toContain(response.status);
          if (response.status !== 200) {
            const { error, error_type } = JSON.parse(text);
            expect(typeof error === 'string' ? typeof error_type : typeof error.message).toBe('string');
          }
          expect(server.errors).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
    expect(server.services.admission.numAdmitted).toBe(0);
  });
});
