import { z } from 'zod';
import { ParlanceError } from '../../errors/errors.ts';
import { openaiDialect } from '../dialects/openai/openai-dialect.ts';
import { tgiDialect } from '../dialects/tgi/tgi-dialect.ts';
import { answerChat } from '../generation/answer-chat.ts';
import { answerCompletion } from '../generation/answer-completion.ts';
import { answerInSession, answerSession } from '../generation/answer-session.ts';
import { type Answer, parseBody, type RequestContext, type Route } from '../route.ts';
import {
  chatCompletionChunkSchema,
  chatCompletionSchema,
  completionChunkSchema,
  completionSchema,
} from '../schema/openai-answers.ts';
import { chatRequestSchema } from '../schema/openai-chat.ts';
import { completionRequestSchema } from '../schema/openai-completion.ts';
import { sessionRequestSchema, sessionResponseSchema } from '../schema/sagemaker-session.ts';
import { generateResponseSchema, streamResponseSchema } from '../schema/tgi-answers.ts';
import { compatGenerateRequestSchema } from '../schema/tgi-generate.ts';
import { generationErrors } from './generation-errors.ts';
import { answerCompat } from './root.ts';

type Shape = 'inputs' | 'messages' | 'prompt';

/** What each shape is read as. */
const apis: Readonly<Record<Shape, string>> = {
  inputs: "TGI's generate",
  messages: 'an OpenAI chat completion',
  prompt: 'an OpenAI completion',
};

/** SageMaker's route: the shape of the body says which API it speaks. */
export const invocationsRoute: Route = {
  method: 'POST',
  paths: ['/invocations'],
  summary: 'Generate from `inputs`, `messages` or `prompt`; open and close sessions',
  tag: 'SageMaker',
  dialect: (body) => (shapeOf(body) === 'messages' || shapeOf(body) === 'prompt' ? openaiDialect : tgiDialect),
  requestSchema: z.union([
    compatGenerateRequestSchema,
    chatRequestSchema,
    completionRequestSchema,
    sessionRequestSchema,
  ]),
  response: {
    description: 'What the route of that shape answers',
    content: {
      'application/json': z.union([
        z.array(generateResponseSchema),
        chatCompletionSchema,
        completionSchema,
        sessionResponseSchema,
      ]),
      'text/event-stream': z.union([streamResponseSchema, chatCompletionChunkSchema, completionChunkSchema]),
    },
  },
  errors: [...generationErrors, 'template_error', 'tool_error', 'unknown_session'],
  echoedHeaders: ['X-Amzn-SageMaker-Custom-Attributes'],
  isOpen: false,
  isGeneration: true,
  respond: answerInvocation,
};

async function answerInvocation(body: unknown, context: RequestContext): Promise<Answer> {
  if (has(body, 'requestType')) return answerSession(parseBody(sessionRequestSchema, body), context);
  const shape = shapeOf(body);
  if (context.services.options.messagesApiEnabled && shape !== 'messages') refuseOtherThanMessages(shape);
  return answerInSession(context, async () => {
    switch (shape) {
      case 'inputs':
        return answerCompat(parseShape(shape, compatGenerateRequestSchema, body), context);
      case 'messages':
        return answerChat(parseShape(shape, chatRequestSchema, body), context);
      case 'prompt':
        return answerCompletion(parseShape(shape, completionRequestSchema, body), context);
      case undefined:
        throw new ParlanceError(
          'invalid_body',
          `one of \`inputs\` (TGI), \`messages\` (chat) or \`prompt\` (completion) is missing: ${describeBody(body)}`,
        );
    }
  });
}

/** @throws invalid_body naming the field, and what the body was read as */
function parseShape<Schema extends z.ZodType>(shape: Shape, schema: Schema, body: unknown): z.output<Schema> {
  try {
    return parseBody(schema, body);
  } catch (error) {
    if (!(error instanceof ParlanceError)) throw error;
    const { code, message, param } = error;
    const text = `${message} (read as ${apis[shape]}, for the body has \`${shape}\`)`;
    throw new ParlanceError(code, text, param === undefined ? {} : { param });
  }
}

function describeBody(body: unknown): string {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'the body is not a JSON object';
  const names = Object.keys(body).map((name) => `\`${name.slice(0, 40)}\``);
  if (names.length === 0) return 'the body is empty';
  return `the body has ${names.slice(0, 8).join(', ')}${names.length > 8 ? ' …' : ''}`;
}

/** By TGI's order: generate, chat, completion. A field that is null is not there. */
function shapeOf(body: unknown): Shape | undefined {
  const shapes: readonly Shape[] = ['inputs', 'messages', 'prompt'];
  return shapes.find((name) => has(body, name));
}

function has(body: unknown, name: string): boolean {
  if (typeof body !== 'object' || body === null) return false;
  return Object.hasOwn(body, name) && Reflect.get(body, name) !== null;
}

function refuseOtherThanMessages(shape: Shape | undefined): never {
  const got = shape === undefined ? 'it is missing' : `the body has \`${shape}\``;
  throw new ParlanceError('invalid_body', `\`messages\` is needed, for MESSAGES_API_ENABLED is set, but ${got}`, {
    param: 'messages',
  });
}
