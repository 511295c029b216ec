import { z } from 'zod';

const finishReason = z.enum(['stop', 'length', 'tool_calls']);

const usageSchema = z
  .object({
    prompt_tokens: z.int(),
    completion_tokens: z.int(),
    total_tokens: z.int(),
    prompt_tokens_details: z.object({ cached_tokens: z.int() }),
  })
  .meta({ id: 'Usage' });

const logprobEntry = { token: z.string(), logprob: z.number().nullable(), bytes: z.array(z.int()) };

const chatLogprobsSchema = z
  .object({
    content: z.array(z.object({ ...logprobEntry, top_logprobs: z.array(z.object(logprobEntry)) })),
    refusal: z.null(),
  })
  .meta({ id: 'ChatLogprobs' });

const completionLogprobsSchema = z
  .object({
    tokens: z.array(z.string()),
    token_logprobs: z.array(z.number().nullable()),
    top_logprobs: z.array(z.record(z.string(), z.number().nullable()).nullable()).nullable(),
    text_offset: z.array(z.int()),
  })
  .meta({ id: 'CompletionLogprobs' });

const envelope = { id: z.string(), created: z.int(), model: z.string(), system_fingerprint: z.string() };

const toolCallSchema = z
  .object({
    id: z.string(),
    type: z.literal('function'),
    function: z.object({ name: z.string(), arguments: z.string() }),
  })
  .meta({ id: 'ToolCall' });

const toolCallDeltaSchema = z
  .object({
    index: z.int(),
    id: z.string().optional(),
    type: z.literal('function').optional(),
    function: z.object({ name: z.string().optional(), arguments: z.string() }),
  })
  .meta({ id: 'ToolCallDelta' });

export const chatCompletionSchema = z
  .object({
    ...envelope,
    object: z.literal('chat.completion'),
    choices: z.array(
      z.object({
        index: z.int(),
        message: z.object({
          role: z.literal('assistant'),
          content: z.string().nullable(),
          refusal: z.null(),
          tool_calls: z.array(toolCallSchema).optional(),
        }),
        logprobs: chatLogprobsSchema.nullable(),
        finish_reason: finishReason,
      }),
    ),
    usage: usageSchema,
  })
  .meta({ id: 'ChatCompletion' });

export const chatCompletionChunkSchema = z
  .object({
    ...envelope,
    object: z.literal('chat.completion.chunk'),
    choices: z.array(
      z.object({
        index: z.int(),
        delta: z.object({
          role: z.literal('assistant').optional(),
          content: z.string().optional(),
          tool_calls: z.array(toolCallDeltaSchema).optional(),
        }),
        logprobs: chatLogprobsSchema.nullable(),
        finish_reason: finishReason.nullable(),
      }),
    ),
    usage: usageSchema.nullish(),
  })
  .meta({ id: 'ChatCompletionChunk' });

const completionChoice = {
  index: z.int(),
  text: z.string(),
  logprobs: completionLogprobsSchema.nullable(),
};

export const completionSchema = z
  .object({
    ...envelope,
    object: z.literal('text_completion'),
    choices: z.array(z.object({ ...completionChoice, finish_reason: finishReason })),
    usage: usageSchema,
  })
  .meta({ id: 'Completion' });

export const completionChunkSchema = z
  .object({
    ...envelope,
    object: z.literal('text_completion'),
    choices: z.array(z.object({ ...completionChoice, finish_reason: finishReason.nullable() })),
    usage: usageSchema.nullish(),
  })
  .meta({ id: 'CompletionChunk' });

export const modelSchema = z
  .object({ id: z.string(), object: z.literal('model'), created: z.int(), owned_by: z.string() })
  .meta({ id: 'Model' });

export const modelListSchema = z
  .object({ object: z.literal('list'), data: z.array(modelSchema) })
  .meta({ id: 'ModelList' });

export const openaiErrorSchema = z
  .object({
    error: z.object({ message: z.string(), type: z.string(), param: z.string().nullable(), code: z.string() }),
  })
  .meta({ id: 'OpenAIError' });
