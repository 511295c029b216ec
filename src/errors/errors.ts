/** Every error that a user can meet: what it means, and how each dialect of the API names it. */
export const errorTable = {
  validation: { status: 422, tgiType: 'validation', openaiType: 'invalid_request_error' },
  context_length_exceeded: { status: 422, tgiType: 'validation', openaiType: 'invalid_request_error' },
  generation: { status: 424, tgiType: 'generation', openaiType: 'server_error' },
  overloaded: { status: 429, tgiType: 'overloaded', openaiType: 'rate_limit_error' },
  incomplete_generation: { status: 500, tgiType: 'incomplete_generation', openaiType: 'server_error' },
  template_error: { status: 422, tgiType: 'template_error', openaiType: 'invalid_request_error' },
  missing_template_variable: { status: 422, tgiType: 'missing_template_variable', openaiType: 'invalid_request_error' },
  tool_error: { status: 422, tgiType: 'tool_error', openaiType: 'invalid_request_error' },
  unavailable: { status: 503, tgiType: 'healthcheck', openaiType: 'server_error' },
  malformed_request: { status: 400, tgiType: 'validation', openaiType: 'invalid_request_error' },
  invalid_body: { status: 422, tgiType: 'validation', openaiType: 'invalid_request_error' },
  invalid_grammar: { status: 422, tgiType: 'validation', openaiType: 'invalid_request_error' },
  unknown_session: { status: 400, tgiType: 'validation', openaiType: 'invalid_request_error' },
  no_instances: { status: 422, tgiType: 'Input validation error', openaiType: 'invalid_request_error' },
  length_mismatch: { status: 422, tgiType: 'length mismatch', openaiType: 'invalid_request_error' },
  invalid_utf8: { status: 422, tgiType: 'utf8', openaiType: 'invalid_request_error' },
  unauthorized: { status: 401, tgiType: 'unauthorized', openaiType: 'invalid_request_error' },
  not_found: { status: 404, tgiType: 'not_found', openaiType: 'invalid_request_error' },
  method_not_allowed: { status: 405, tgiType: 'method_not_allowed', openaiType: 'invalid_request_error' },
  payload_too_large: { status: 413, tgiType: 'payload_too_large', openaiType: 'invalid_request_error' },
  unsupported_media_type: { status: 415, tgiType: 'unsupported_media_type', openaiType: 'invalid_request_error' },
  internal: { status: 500, tgiType: 'internal', openaiType: 'server_error' },
  invalid_setting: { status: 500, tgiType: 'internal', openaiType: 'server_error' },
  invalid_checkpoint: { status: 500, tgiType: 'internal', openaiType: 'server_error' },
  download_failed: { status: 500, tgiType: 'internal', openaiType: 'server_error' },
  unsupported_model: { status: 500, tgiType: 'internal', openaiType: 'server_error' },
  out_of_memory: { status: 500, tgiType: 'internal', openaiType: 'server_error' },
  runtime: { status: 500, tgiType: 'internal', openaiType: 'server_error' },
  aws_failed: { status: 502, tgiType: 'internal', openaiType: 'server_error' },
  unknown_endpoint: { status: 404, tgiType: 'not_found', openaiType: 'invalid_request_error' },
  endpoint_failed: { status: 500, tgiType: 'internal', openaiType: 'server_error' },
  out_of_time: { status: 504, tgiType: 'internal', openaiType: 'server_error' },
  does_not_fit: { status: 500, tgiType: 'internal', openaiType: 'server_error' },
} as const satisfies Record<string, { status: number; tgiType: string; openaiType: string }>;

export type ErrorCode = keyof typeof errorTable;

/** An error with a row in {@link errorTable}. The message is for the user: what is wrong, the value, what is allowed. */
export class ParlanceError extends Error {
  override readonly name = 'ParlanceError';
  readonly code: ErrorCode;
  /** The request field or setting at fault, as the user spells it. */
  readonly param: string | undefined;

  constructor(code: ErrorCode, message: string, options: { param?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.param = options.param;
  }
}
