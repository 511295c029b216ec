import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { serve, type TestServer } from './support/serve.ts';

let server: TestServer;
let document: unknown;
beforeAll(async () => {
  server = await serve({ limits: { maxStopSequences: 3 }, maxInputTokens: 50, maxTotalTokens: 64 });
  document = await (await server.get('/api-doc/openapi.json')).json();
});
afterAll(() => server.stop());

/** What lies at a path of the document; unions are looked through. */
function at(path: readonly string[], value: unknown = document): unknown {
  const [key, ...rest] = path;
  if (key === undefined || typeof value !== 'object' || value === null) return value;
  if (key in value) return at(rest, Reflect.get(value, key));
  const options: readonly unknown[] = Reflect.get(value, 'anyOf') ?? [];
  return options.map((option) => at(path, option)).find((found) => found !== undefined);
}
const field = (schema: string, name: string, keyword: string) =>
  at(['components', 'schemas', schema, 'properties', name, keyword]);

describe('the OpenAPI document', () => {
  it.each([
    ['GenerateParameters', 'temperature', 'exclusiveMinimum', 0],
    ['GenerateParameters', 'max_new_tokens', 'maximum', 63],
    ['GenerateParameters', 'truncate', 'maximum', 50],
    ['GenerateParameters', 'top_n_tokens', 'maximum', 5],
    ['GenerateParameters', 'stop', 'maxItems', 3],
    ['GenerateRequest', 'inputs', 'minLength', 1],
    ['ChatRequest', 'messages', 'minItems', 1],
    ['ChatRequest', 'max_tokens', 'maximum', 63],
    ['CompletionRequest', 'prompt', 'minLength', 1],
    ['VertexRequest', 'instances', 'maxItems', 128],
  ])('tells of %s that %s has %s %j, as this server checks it', (schema, name, keyword, bound) => {
    expect(field(schema, name, keyword)).toBe(bound);
  });

  it.each([undefined, 2 ** 60])('is kept by the details of an answer with the seed %s', async (seed) => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const fits = ajv.compile({ ...(document as object), $ref: '#/components/schemas/GenerateResponse' });
    const response = await server.post('/generate', { inputs: 'Hi', parameters: { details: true, seed } });
    expect([response.status, fits(await response.json()), fits.errors]).toEqual([200, true, null]);
  });

  it('tells what the events of a stream hold, errors and the end included', () => {
    const event = at([
      'paths',
      '/v1/completions',
      'post',
      'responses',
      '200',
      'content',
      'text/event-stream',
      'schema',
    ]);
    expect(event).toMatchObject({
      properties: {
        data: {
          anyOf: [
            { const: '[DONE]' },
            {
              contentMediaType: 'application/json',
              contentSchema: {
                anyOf: [{ $ref: '#/components/schemas/CompletionChunk' }, { $ref: '#/components/schemas/OpenAIError' }],
              },
            },
          ],
        },
      },
    });
  });

  it('tells both forms of errors where a route speaks both', () => {
    const error = at(['paths', '/invocations', 'post', 'responses', '422', 'content', 'application/json', 'schema']);
    expect(error).toEqual({
      anyOf: [{ $ref: '#/components/schemas/ErrorResponse' }, { $ref: '#/components/schemas/OpenAIError' }],
    });
  });
});
