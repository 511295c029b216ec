/** Limits that a request is held to before it costs anything. */
export interface HttpLimits {
  /** Generations at once; one more is refused as overloaded. */
  readonly maxConcurrentRequests: number;
  readonly maxBestOf: number;
  readonly maxStopSequences: number;
  readonly maxTopNTokens: number;
  /** Likeliest tokens that OpenAI's routes may ask for. */
  readonly maxTopLogprobs: number;
  /** Prompts in one request of completions. */
  readonly maxClientBatchSize: number;
  readonly maxPayloadBytes: number;
}

/** What the server says about its model. */
interface ServedModel {
  readonly id: string;
  readonly sha: string | null;
  readonly pipelineTag: string | null;
}

export interface HttpOptions {
  readonly limits: HttpLimits;
  readonly model: ServedModel;
  /** Bearer tokens that open the API; none: it is open, and any Authorization is ignored. */
  readonly apiKeys: readonly string[];
  /** Origins whose pages may call; none: all. */
  readonly corsAllowOrigins: readonly string[];
  /** /invocations takes the Messages schema and nothing else. */
  readonly messagesApiEnabled: boolean;
  /** Whether answers may be constrained: grammars, response formats, tools. */
  readonly grammarSupport: boolean;
  /** Whether `decoder_input_details` gives the prompt's log-probabilities; otherwise `prefill` stays empty, as in TGI. */
  readonly prefillLogprobs: boolean;
  /** Value of the header x-compute-type. */
  readonly computeType: string;
  readonly validationWorkers: number;
  readonly version: string;
  /** Tells builds of one version apart. */
  readonly buildSha: string;
  /** Further paths of the Vertex prediction and health routes (AIP_PREDICT_ROUTE, AIP_HEALTH_ROUTE). */
  readonly vertexRoutes: { readonly predict?: string; readonly health?: string };
  /** Silence after which a stream gets a comment, so that proxies keep it open. */
  readonly keepAliveMs: number;
}
