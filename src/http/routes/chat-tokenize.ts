import { ParlanceError } from '../../errors/errors.ts';
import { tgiSimpleTokens } from '../dialects/tgi/simple-tokens.ts';
import { tgiDialect } from '../dialects/tgi/tgi-dialect.ts';
import { renderChat } from '../generation/render-chat.ts';
import { postRoute } from '../route.ts';
import { chatRequestSchema } from '../schema/openai-chat.ts';
import { chatTokenizeResponseSchema } from '../schema/tgi-answers.ts';

export const chatTokenizeRoute = postRoute({
  paths: ['/chat_tokenize'],
  summary: 'Render a conversation as a prompt, and split it into tokens',
  tag: 'Text Generation Inference',
  dialect: tgiDialect,
  requestSchema: chatRequestSchema,
  response: { description: 'Prompt and tokens', content: { 'application/json': chatTokenizeResponseSchema } },
  errors: [
    'malformed_request',
    'payload_too_large',
    'unsupported_media_type',
    'invalid_body',
    'template_error',
    'tool_error',
  ],
  isGeneration: false,
  respond: async (request, { services }) => {
    const { prompt, tools } = await renderChat(request, 'tgi', services);
    if (tools?.textFormat)
      throw new ParlanceError('tool_error', 'Grammar and tools are mutually exclusive', { param: 'tools' });
    const encoding = await services.generator.tokenize(prompt, false);
    return { kind: 'json', body: { tokenize_response: tgiSimpleTokens(prompt, encoding), templated_text: prompt } };
  },
});
