import { openaiDialect } from '../dialects/openai/openai-dialect.ts';
import { answerChat } from '../generation/answer-chat.ts';
import { postRoute } from '../route.ts';
import { chatCompletionChunkSchema, chatCompletionSchema } from '../schema/openai-answers.ts';
import { chatRequestSchema } from '../schema/openai-chat.ts';
import { generationErrors } from './generation-errors.ts';
import { openaiPaths } from './openai-paths.ts';

export const chatCompletionsRoute = postRoute({
  paths: openaiPaths('/chat/completions'),
  summary: 'Answer a conversation',
  tag: 'OpenAI',
  dialect: openaiDialect,
  requestSchema: chatRequestSchema,
  response: {
    description: 'The answer, whole or as a stream of chunks',
    content: { 'application/json': chatCompletionSchema, 'text/event-stream': chatCompletionChunkSchema },
  },
  errors: [...generationErrors, 'template_error', 'tool_error'],
  isGeneration: true,
  respond: answerChat,
});
