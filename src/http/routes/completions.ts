import { openaiDialect } from '../dialects/openai/openai-dialect.ts';
import { answerCompletion } from '../generation/answer-completion.ts';
import { postRoute } from '../route.ts';
import { completionChunkSchema, completionSchema } from '../schema/openai-answers.ts';
import { completionRequestSchema } from '../schema/openai-completion.ts';
import { generationErrors } from './generation-errors.ts';
import { openaiPaths } from './openai-paths.ts';

export const completionsRoute = postRoute({
  paths: openaiPaths('/completions'),
  summary: 'Continue texts',
  tag: 'OpenAI',
  dialect: openaiDialect,
  requestSchema: completionRequestSchema,
  response: {
    description: 'The texts, whole or as a stream of chunks',
    content: { 'application/json': completionSchema, 'text/event-stream': completionChunkSchema },
  },
  errors: generationErrors,
  isGeneration: true,
  respond: answerCompletion,
});
