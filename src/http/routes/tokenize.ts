import { tgiSimpleTokens } from '../dialects/tgi/simple-tokens.ts';
import { tgiDialect } from '../dialects/tgi/tgi-dialect.ts';
import { postRoute } from '../route.ts';
import { tokenizeResponseSchema } from '../schema/tgi-answers.ts';
import { generateRequestSchema } from '../schema/tgi-generate.ts';

export const tokenizeRoute = postRoute({
  paths: ['/tokenize'],
  summary: 'Split a prompt into tokens',
  tag: 'Text Generation Inference',
  dialect: tgiDialect,
  requestSchema: generateRequestSchema,
  response: { description: 'The tokens', content: { 'application/json': tokenizeResponseSchema } },
  errors: ['malformed_request', 'payload_too_large', 'unsupported_media_type', 'invalid_body'],
  isGeneration: false,
  respond: async ({ inputs }, { services }) => {
    const encoding = await services.generator.tokenize(inputs, true);
    return { kind: 'json', body: tgiSimpleTokens(inputs, encoding) };
  },
});
