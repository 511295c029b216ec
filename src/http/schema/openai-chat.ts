import { z } from 'zod';
import { parseJson } from '../json/parse-json.ts';
import { documented } from './documented.ts';
import { flag, optional, unsignedInteger } from './fields.ts';
import { completionFields } from './openai-common.ts';
import { responseFormatSchema } from './response-format.ts';

const textPart = z.object({ type: z.literal('text'), text: z.string() });
const imagePart = z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) });

const refusalPart = z.object({ type: z.literal('refusal'), refusal: z.string() });

const part = documented(z.discriminatedUnion('type', [textPart, imagePart, refusalPart]), {
  properties: { type: { enum: ['text', 'refusal'] } },
});

const content = z.union([z.string(), z.array(part)], 'expected a string or a list of content parts');

const toolCallSchema = z.object({
  id: z.string(),
  type: z.string(),
  function: z.object({ name: z.string(), arguments: z.unknown() }),
});

const messageFields = z
  .object({
    role: z.string().meta({ description: 'system, developer, user, assistant or tool.' }),
    content: optional(content),
    refusal: optional(z.string()).meta({ description: 'What an earlier answer has in place of `content`.' }),
    name: optional(z.string()),
    tool_calls: optional(z.array(toolCallSchema)),
    tool_call_id: optional(z.string()),
  })
  .refine(({ content, refusal, tool_calls }) => (content ?? refusal ?? tool_calls) !== undefined, {
    path: ['content'],
    message: 'expected a string or a list of content parts',
  });

const messageSchema = documented(messageFields, {
  anyOf: [
    { required: ['content'], properties: { content: { type: ['string', 'array'] } } },
    { required: ['tool_calls'], properties: { tool_calls: { type: 'array' } } },
    { required: ['refusal'], properties: { refusal: { type: 'string' } } },
  ],
}).meta({ id: 'Message' });

export type Message = z.output<typeof messageSchema>;

/** A JSON Schema; TGI takes its text, too. */
const toolParameters = optional(z.unknown()).transform((value, context) => {
  if (typeof value !== 'string') return value;
  try {
    return parseJson(value);
  } catch {
    context.issues.push({ code: 'custom', message: 'expected a JSON Schema, or the text of one', input: value });
    return z.NEVER;
  }
});

const toolSchema = z
  .object({
    type: z.literal('function'),
    function: z.object({
      name: z.string(),
      description: optional(z.string()),
      parameters: toolParameters.meta({ description: 'JSON Schema of the arguments.' }),
      arguments: toolParameters.meta({ description: "TGI's name for `parameters`." }),
      strict: flag.meta({ description: 'Refuses a schema that the calls cannot be held to.' }),
    }),
  })
  .meta({ id: 'Tool' });

export type Tool = z.output<typeof toolSchema>;

const namedTool = z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) });

const allowedTools = z.object({
  type: z.literal('allowed_tools'),
  allowed_tools: z.object({ mode: z.enum(['auto', 'required']), tools: z.array(namedTool).min(1) }),
});

const toolChoice = z.union(
  [z.string(), z.discriminatedUnion('type', [namedTool, allowedTools])],
  'expected none, auto, required, {type: function, function: {name}} or {type: allowed_tools, allowed_tools: {mode, tools}}',
);

const chatFields = z
  .object({
    messages: z.array(messageSchema).min(1, 'expected at least one message'),
    ...completionFields,
    max_completion_tokens: completionFields.max_tokens.meta({ description: 'The newer name of max_tokens; it wins.' }),
    logprobs: flag.meta({ description: 'Adds the log-probability of each token.' }),
    top_logprobs: optional(unsignedInteger.max(20, 'expected an integer ≤ 20')).meta({
      description: 'Adds the so many likeliest tokens at each step.',
    }),
    tools: optional(z.array(toolSchema)),
    tool_choice: optional(toolChoice),
    tool_prompt: optional(z.string()).meta({
      description: "TGI's: what the last message tells a model of how to call tools.",
    }),
    guideline: optional(z.string()).meta({
      description: "TGI's: a variable of the same name for the chat template.",
    }),
    parallel_tool_calls: optional(z.boolean()).meta({
      description: 'Whether there may be several calls; true where it is left out.',
    }),
    response_format: optional(responseFormatSchema),
    modalities: optional(z.array(z.literal('text', 'expected "text", all that the model answers with'))).meta({
      description: '`["text"]`.',
    }),
    metadata: optional(z.unknown()).meta({ description: 'Taken and not used.' }),
    store: optional(z.boolean()).meta({ description: 'Taken; nothing is stored.' }),
  })
  .refine(({ logprobs, top_logprobs }) => logprobs || !top_logprobs, {
    path: ['top_logprobs'],
    message: 'expected `logprobs` to be true beside it',
  });

export const chatRequestSchema = documented(chatFields, {
  allOf: [
    {
      anyOf: [
        { properties: { top_logprobs: { enum: [null, 0] } } },
        { required: ['logprobs'], properties: { logprobs: { const: true } } },
      ],
    },
    {
      anyOf: [
        { properties: { tool_choice: { enum: [null, 'none', 'auto'] } } },
        { required: ['tools'], properties: { tools: { type: 'array', minItems: 1 } } },
      ],
    },
  ],
}).meta({ id: 'ChatRequest' });

export type ChatRequest = z.output<typeof chatRequestSchema>;
