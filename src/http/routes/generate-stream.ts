import { tgiDialect } from '../dialects/tgi/tgi-dialect.ts';
import { answerGenerateStream } from '../generation/answer-generate.ts';
import { postRoute } from '../route.ts';
import { streamResponseSchema } from '../schema/tgi-answers.ts';
import { generateRequestSchema } from '../schema/tgi-generate.ts';
import { generationErrors } from './generation-errors.ts';

export const generateStreamRoute = postRoute({
  paths: ['/generate_stream'],
  summary: 'Generate text as a stream of tokens',
  tag: 'Text Generation Inference',
  dialect: tgiDialect,
  requestSchema: generateRequestSchema,
  response: { description: 'An event a token', content: { 'text/event-stream': streamResponseSchema } },
  errors: generationErrors,
  isGeneration: true,
  respond: async (request, context) => answerGenerateStream(request, context),
});
