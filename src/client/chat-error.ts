/** Why a chat failed. */
export class SageMakerChatError extends Error {
  override readonly name = 'SageMakerChatError';
  /** AWS's name for it, such as `ModelError`, `ModelStreamError` or `ThrottlingException`; else
   * - `model_error`: the model sent an error in its stream
   * - `incomplete_stream`: the stream ended before the answer did
   * - `invalid_answer`: what came is no chat completion */
  readonly code: string;
  /** The HTTP status: the container's own where it is known. */
  readonly status: number | undefined;
  /** Whether the same request may succeed later. */
  readonly isTransient: boolean;

  constructor(
    code: string,
    message: string,
    options: { status?: number | undefined; isTransient?: boolean; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options.status;
    this.isTransient = options.isTransient ?? false;
  }
}
