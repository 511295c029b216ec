import { z } from 'zod';

/** Bounds of fields that are settings of a server: only its own document can tell them. */
export interface DocumentedBounds {
  readonly maxNewTokens: number;
  readonly maxInputTokens: number;
  readonly maxTokenId: number;
  readonly maxConcurrentRequests: number;
  readonly maxBestOf: number;
  readonly maxStopSequences: number;
  readonly maxTopNTokens: number;
  readonly maxClientBatchSize: number;
}

type Keywords = z.core.JSONSchema.BaseSchema;

/** What the OpenAPI document tells of a schema beyond the schema itself. */
export const documentation = z.registry<{ readonly keywords: (bounds: DocumentedBounds) => Keywords }>();

/** Tells by keywords of JSON Schema what is checked later than by the schema: in TGI's order and words, against the
 * server's settings, or of several fields together.
 * @returns a copy: a schema that others share stays as it is */
export function documented<Schema extends z.ZodType>(
  schema: Schema,
  keywords: Keywords | ((bounds: DocumentedBounds) => Keywords),
): Schema {
  const copy = schema.clone();
  documentation.add(copy, { keywords: typeof keywords === 'function' ? keywords : () => keywords });
  return copy;
}
