import { z } from 'zod';

const id = z.int().nonnegative();
const logprob = z.number().nullable();
const seed = z
  .union([z.number(), z.string()])
  .meta({ override: { type: 'integer', format: 'uint64' } })
  .nullable();

const tokenSchema = z.object({ id, text: z.string(), logprob, special: z.boolean() }).meta({ id: 'Token' });

const prefillTokenSchema = z.object({ id, text: z.string(), logprob }).meta({ id: 'PrefillToken' });

const finishReasonSchema = z.enum(['length', 'eos_token', 'stop_sequence']).meta({ id: 'FinishReason' });

const sequenceFields = {
  finish_reason: finishReasonSchema,
  generated_tokens: z.int(),
  prompt_tokens: z.int(),
  seed,
  prefill: z.array(prefillTokenSchema),
  tokens: z.array(tokenSchema),
  top_tokens: z.array(z.array(tokenSchema)).optional(),
};

const bestOfSequenceSchema = z.object({ generated_text: z.string(), ...sequenceFields }).meta({ id: 'BestOfSequence' });

const detailsSchema = z
  .object({ ...sequenceFields, best_of_sequences: z.array(bestOfSequenceSchema).optional() })
  .meta({ id: 'Details' });

export const generateResponseSchema = z
  .object({ generated_text: z.string(), details: detailsSchema.optional() })
  .meta({ id: 'GenerateResponse' });

const streamDetailsSchema = z
  .object({
    finish_reason: finishReasonSchema,
    generated_tokens: z.int(),
    seed,
    input_length: z.int(),
    prompt_tokens: z.int(),
  })
  .meta({ id: 'StreamDetails' });

export const streamResponseSchema = z
  .object({
    index: z.int(),
    token: tokenSchema,
    top_tokens: z.array(tokenSchema).optional(),
    generated_text: z.string().nullable(),
    details: streamDetailsSchema.nullable(),
  })
  .meta({ id: 'StreamResponse' });

const simpleTokenSchema = z.object({ id, text: z.string(), start: z.int(), stop: z.int() }).meta({ id: 'SimpleToken' });

export const tokenizeResponseSchema = z.array(simpleTokenSchema).meta({ id: 'TokenizeResponse' });

export const chatTokenizeResponseSchema = z
  .object({ tokenize_response: tokenizeResponseSchema, templated_text: z.string() })
  .meta({ id: 'ChatTokenizeResponse' });

export const infoSchema = z
  .object({
    model_id: z.string(),
    model_sha: z.string().nullable(),
    model_pipeline_tag: z.string().nullable(),
    max_concurrent_requests: z.int(),
    max_best_of: z.int(),
    max_stop_sequences: z.int(),
    max_input_tokens: z.int(),
    max_total_tokens: z.int(),
    validation_workers: z.int(),
    max_client_batch_size: z.int(),
    router: z.string(),
    version: z.string(),
    sha: z.string(),
    docker_label: z.string(),
  })
  .meta({ id: 'Info' });

export const errorResponseSchema = z
  .object({ error: z.string(), error_type: z.string() })
  .meta({ id: 'ErrorResponse' });
