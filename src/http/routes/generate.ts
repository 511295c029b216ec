import { tgiDialect } from '../dialects/tgi/tgi-dialect.ts';
import { answerGenerate } from '../generation/answer-generate.ts';
import { postRoute } from '../route.ts';
import { generateResponseSchema } from '../schema/tgi-answers.ts';
import { generateRequestSchema } from '../schema/tgi-generate.ts';
import { generationErrors } from './generation-errors.ts';

export const generateRoute = postRoute({
  paths: ['/generate'],
  summary: 'Generate text',
  tag: 'Text Generation Inference',
  dialect: tgiDialect,
  requestSchema: generateRequestSchema,
  response: { description: 'The text', content: { 'application/json': generateResponseSchema } },
  errors: generationErrors,
  isGeneration: true,
  respond: answerGenerate,
});
