/** Every error that the gateway names as AWS does: the status it comes with.
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/CommonErrors.html */
const awsErrorTable = {
  // Runtime
  ValidationError: 400,
  ModelError: 424,
  ModelNotReadyException: 429,
  ServiceUnavailable: 503,
  InternalFailure: 500,
  InternalDependencyException: 530,
  ModelStreamError: 400,
  InternalStreamFailure: 500,
  // Control plane
  ValidationException: 400,
  ResourceNotFound: 400,
  // Both
  ThrottlingException: 400,
  UnknownOperationException: 404,
  SerializationException: 400,
  // Signatures and tokens
  MissingAuthenticationTokenException: 403,
  IncompleteSignatureException: 403,
  InvalidSignatureException: 403,
  UnrecognizedClientException: 403,
  AccessDeniedException: 403,
} as const satisfies Record<string, number>;

export type AwsErrorName = keyof typeof awsErrorTable;

/** An error with a row in {@link awsErrorTable}. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: AwsErrorName;
  /** What else the body says, by the names of AWS, such as OriginalStatusCode. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: AwsErrorName, message: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.fields = fields;
  }

  get status(): number {
    return awsErrorTable[this.code];
  }
}
