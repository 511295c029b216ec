import { z } from 'zod';
import { ParlanceError } from '../../errors/errors.ts';
import { openaiDialect } from '../dialects/openai/openai-dialect.ts';
import { tgiDialect } from '../dialects/tgi/tgi-dialect.ts';
import { answerChat } from '../generation/answer-chat.ts';
import { answerCompletion } from '../generation/answer-completion.ts';
import { type Answer, parseBody, type RequestContext, type Route } from '../route.ts';
import {
  chatCompletionChunkSchema,
  chatCompletionSchema,
  completionChunkSchema,
  completionSchema,
} from '../schema/openai-answers.ts';
import { chatRequestSchema } from '../schema/openai-chat.ts';
import { completionRequestSchema } from '../schema/openai-completion.ts';
import { generateResponseSchema, streamResponseSchema } from '../schema/tgi-answers.ts';
import { compatGenerateRequestSchema } from '../schema/tgi-generate.ts';
import { generationErrors } from './generation-errors.ts';
import { answerCompat } from './root.ts';

type Shape = 'inputs' | 'messages' | 'prompt';

/** SageMaker's route: the shape of the body says which API it speaks. */
export const invocationsRoute: Route = {
  method: 'POST',
  paths: ['/invocations'],
  summary: 'Generate from `inputs`, `messages` or `prompt`',
  tag: 'SageMaker',
  dialect: (body) => (shapeOf(body) === 'messages' || shapeOf(body) === 'prompt' ? openaiDialect : tgiDialect),
  requestSchema: z.union([compatGenerateRequestSchema, chatRequestSchema, completionRequestSchema]),
  response: {
    description: 'What the route of that shape answers',
    content: {
      'application/json': z.union([z.array(generateResponseSchema), chatCompletionSchema, completionSchema]),
      'text/event-stream': z.union([streamResponseSchema, chatCompletionChunkSchema, completionChunkSchema]),
    },
  },
  errors: [...generationErrors, 'template_error', 'tool_error'],
  isOpen: false,
  isGeneration: true,
  respond: answerInvocation,
};

async function answerInvocation(body: unknown, context: RequestContext): Promise<Answer> {
  const shape = shapeOf(body);
  if (context.services.options.messagesApiEnabled && shape !== 'messages') refuseOtherThanMessages(shape);
  switch (shape) {
    case 'inputs':
      return answerCompat(parseBody(compatGenerateRequestSchema, body), context);
    case 'messages':
      return answerChat(parseBody(chatRequestSchema, body), context);
    case 'prompt':
      return answerCompletion(parseBody(completionRequestSchema, body), context);
    case undefined:
      throw new ParlanceError(
        'invalid_body',
        'one of `inputs` (TGI), `messages` (chat) or `prompt` (completion) is missing',
      );
  }
}

/** By TGI's order: generate, chat, completion. A field that is null is not there. */
function shapeOf(body: unknown): Shape | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const shapes: readonly Shape[] = ['inputs', 'messages', 'prompt'];
  return shapes.find((name) => name in body && Reflect.get(body, name) !== null);
}

function refuseOtherThanMessages(shape: Shape | undefined): never {
  const got = shape === undefined ? 'it is missing' : `the body has \`${shape}\``;
  throw new ParlanceError('invalid_body', `\`messages\` is needed, for MESSAGES_API_ENABLED is set, but ${got}`, {
    param: 'messages',
  });
}
